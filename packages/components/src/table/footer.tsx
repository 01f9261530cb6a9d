import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import { useHost } from '@fettle/sdk/react';
import type { TableRows, TableView } from './use-table-rows.ts';
import classes from './table.module.css';

const usualSizes = [10, 25, 50, 100, 200];

/** Below the rows: where the person is and the way on. */
export function Footer(props: {
  readonly paging: 'pages' | 'continuous';
  readonly view: TableView;
  readonly rows: TableRows;
}) {
  const { view, rows } = props;
  const { locale } = useHost();
  const count = (value: number): string => value.toLocaleString(locale);
  const total = rows.total === undefined ? undefined : `${rows.isEstimate ? 'about ' : ''}${count(rows.total)}`;
  if (props.paging === 'continuous') {
    return (
      <div className={classes.footer}>
        <span className={classes.count} role="status">
          {total === undefined ? `${count(rows.rows.length)} rows` : `${count(rows.rows.length)} of ${total} rows`}
        </span>
        {rows.hasMore && (
          <Button size="compact-sm" variant="subtle" loading={rows.isFetching} onClick={rows.loadMore}>
            Load more
          </Button>
        )}
      </div>
    );
  }
  const first = view.page * view.pageSize;
  const pages = rows.total === undefined ? undefined : Math.max(Math.ceil(rows.total / view.pageSize), 1);
  const hasNext = rows.total === undefined || rows.isEstimate ? rows.hasMore : view.page + 1 < (pages ?? 1);
  const sizes = [...new Set([...usualSizes, view.pageSize])].sort((a, b) => a - b);
  const step = { variant: 'subtle', color: 'gray' } as const;
  return (
    <nav className={classes.footer} aria-label="Pages">
      <span className={classes.count} role="status">
        {rows.rows.length === 0 ? 'No rows' : `${count(first + 1)}–${count(first + rows.rows.length)}`}
        {rows.rows.length > 0 && total !== undefined ? ` of ${total}` : ''}
      </span>
      <NativeSelect
        size="xs"
        className={classes.pageSize}
        aria-label="Rows per page"
        value={String(view.pageSize)}
        onChange={(event) => view.setPageSize(Number(event.currentTarget.value))}
        data={sizes.map((size) => ({ value: String(size), label: `${size} rows` }))}
      />
      <span className={classes.steps}>
        <ActionIcon {...step} aria-label="First page" disabled={view.page === 0} onClick={() => view.setPage(0)}>
          <IconChevronsLeft size={16} className={classes.mirrored} />
        </ActionIcon>
        <ActionIcon
          {...step}
          aria-label="Previous page"
          disabled={view.page === 0}
          onClick={() => view.setPage(view.page - 1)}
        >
          <IconChevronLeft size={16} className={classes.mirrored} />
        </ActionIcon>
        <span className={classes.count}>
          Page {count(view.page + 1)}
          {pages === undefined || rows.isEstimate ? '' : ` of ${count(pages)}`}
        </span>
        <ActionIcon {...step} aria-label="Next page" disabled={!hasNext} onClick={() => view.setPage(view.page + 1)}>
          <IconChevronRight size={16} className={classes.mirrored} />
        </ActionIcon>
        {pages !== undefined && !rows.isEstimate && (
          <ActionIcon {...step} aria-label="Last page" disabled={!hasNext} onClick={() => view.setPage(pages - 1)}>
            <IconChevronsRight size={16} className={classes.mirrored} />
          </ActionIcon>
        )}
      </span>
    </nav>
  );
}
