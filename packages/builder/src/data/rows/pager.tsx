import { ActionIcon, Group, Select, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ListResult } from '@fettle/sdk';
import { pageSizes, type RowsView } from './rows-view.ts';
import styles from './rows.module.css';

/** Which rows are shown of how many, and the way to the others. */
export function Pager({
  view,
  result,
  onView,
}: {
  readonly view: RowsView;
  readonly result: ListResult;
  readonly onView: (part: Partial<RowsView>) => void;
}) {
  const count = result.rows.length;
  const hasMore =
    result.next !== undefined ||
    (result.total !== undefined && result.isEstimate !== true && view.offset + count < result.total);
  return (
    <div className={styles['footer']}>
      <span role="status">{describe(view, result)}</span>
      <Group gap="xs">
        <Select
          aria-label="Rows per page"
          w={120}
          size="xs"
          data={pageSizes.map((size) => ({ value: String(size), label: `${size} per page` }))}
          value={String(view.size)}
          allowDeselect={false}
          onChange={(size) => onView({ size: Number(size) })}
        />
        <Tooltip label="Previous page">
          <ActionIcon
            variant="default"
            size={26}
            aria-label="Previous page"
            disabled={view.offset === 0}
            onClick={() => onView({ offset: Math.max(0, view.offset - view.size) })}
          >
            <IconChevronLeft size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Next page">
          <ActionIcon
            variant="default"
            size={26}
            aria-label="Next page"
            disabled={!hasMore}
            onClick={() => onView({ offset: view.offset + view.size })}
          >
            <IconChevronRight size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

function describe(view: RowsView, result: ListResult): string {
  const count = result.rows.length;
  const number = (value: number): string => value.toLocaleString('en');
  const range = count === 0 ? 'No rows' : `${number(view.offset + 1)}–${number(view.offset + count)}`;
  if (result.total === undefined) return range;
  return `${range} of ${result.isEstimate === true ? 'about ' : ''}${number(Math.max(result.total, view.offset + count))}`;
}
