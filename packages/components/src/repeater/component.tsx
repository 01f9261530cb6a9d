import { Button, Pagination } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { Fragment, useState, type CSSProperties, type ReactNode } from 'react';
import type { Static } from 'typebox';
import { useExposed, useMethod } from '../host-hooks.ts';
import { requestFor } from '../request-columns.ts';
import { rowIdentity } from '../row-identity.ts';
import { spaceLength } from '../space.ts';
import stackStyles from '../stack/stack.module.css';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { repeaterManifest } from './manifest.ts';
import styles from './repeater.module.css';

/** Implementation of `core/repeater`. */
export function Repeater({ settings }: ComponentProps<Static<typeof repeaterManifest.settings>>) {
  const host = useHost();
  const [page, setPage] = useState(0);
  const hasPages = settings.paging === 'pages';
  const state = host.useRows(settings.data, {
    pageSize: settings.pageSize,
    ...requestFor(host, settings.data, settings.columns),
    ...(hasPages ? { page, total: 'exact' as const } : {}),
  });
  // Rows that do not come from a table arrive whole and are cut here.
  const isWhole = state.table === undefined && settings.data?.kind !== 'table';
  const [shownCount, setShownCount] = useState(settings.pageSize);
  const start = isWhole && hasPages ? page * settings.pageSize : 0;
  const end = isWhole ? (hasPages ? start + settings.pageSize : Math.max(shownCount, settings.pageSize)) : undefined;
  const rows = state.rows.slice(start, end);
  const total = isWhole ? state.rows.length : state.total;
  const hasMore = isWhole ? state.rows.length > rows.length : state.hasMore;

  useExposed({ rows, ...(total === undefined ? {} : { total }), isLoading: state.isLoading });
  useMethod('refresh', () => state.refresh());

  const renderItem = (item: unknown, index: number, key: string) => (
    <div key={key} className={`${stackStyles.stack} ${styles.item}`}>
      {host.slot('item', { scope: { item, index }, key })}
    </div>
  );
  const container = (content: ReactNode) => (
    <div className={styles.items} data-arrangement={settings.arrangement} style={containerStyle(settings)}>
      {content}
    </div>
  );

  if (settings.data === undefined) {
    if (host.mode === 'run') return null;
    return (
      <>
        <Placeholder icon="repeat" hint="Choose the data to show" />
        {container(renderItem({}, 0, 'example'))}
      </>
    );
  }
  if (state.error !== undefined && rows.length === 0) return <LoadError error={state.error} onRetry={state.refresh} />;
  if (state.isLoading) return <LoadingLines count={3} height={48} />;
  if (rows.length === 0) {
    return (
      <>
        <EmptyState text={textOf(settings.emptyText)} />
        {host.mode === 'design' && container(renderItem({}, 0, 'example'))}
      </>
    );
  }
  return (
    <Fragment>
      {state.error !== undefined && <LoadError error={state.error} onRetry={state.refresh} />}
      {container(
        rows.map((row, index) => renderItem(row, start + index, rowIdentity(state.table, row, start + index))),
      )}
      {settings.paging === 'more' && hasMore && (
        <div className={styles.more}>
          <Button
            variant="default"
            size="sm"
            loading={state.isFetching}
            onClick={() => (isWhole ? setShownCount(rows.length + settings.pageSize) : state.loadMore())}
          >
            Load more
          </Button>
        </div>
      )}
      {hasPages && total !== undefined && total > settings.pageSize && (
        <div className={styles.more}>
          <Pagination
            size="sm"
            value={page + 1}
            total={Math.ceil(total / settings.pageSize)}
            onChange={(number) => setPage(number - 1)}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
          />
        </div>
      )}
    </Fragment>
  );
}

function containerStyle(settings: Static<typeof repeaterManifest.settings>): CSSProperties {
  const gap = spaceLength(settings.gap);
  if (settings.arrangement !== 'grid') return { gap };
  return { gap, gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${settings.minimumWidth}px), 1fr))` };
}
