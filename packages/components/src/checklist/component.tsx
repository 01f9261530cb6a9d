import { Button, Progress, Text } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { formatValue } from '../format-value.ts';
import { useExposed, useMethod } from '../host-hooks.ts';
import { requestFor } from '../request-columns.ts';
import { rowIdentity } from '../row-identity.ts';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { perRow, textOf } from '../text-of.ts';
import { ChecklistItem, type ListedItem } from './checklist-item.tsx';
import styles from './checklist.module.css';
import type { checklistManifest } from './manifest.ts';

/** Settings of `core/checklist`. */
export type ChecklistSettings = Static<typeof checklistManifest.settings>;

/** Implementation of `core/checklist`. */
export function Checklist({ settings }: ComponentProps<ChecklistSettings>) {
  const host = useHost();
  const state = host.useRows(settings.data, {
    pageSize: settings.pageSize,
    ...requestFor(host, settings.data, settings.columns),
  });
  const items = state.rows.map((row, index): ListedItem => {
    const scope = { item: row, index };
    return {
      row,
      index,
      key: rowIdentity(state.table, row, index),
      isDone: Boolean(perRow(settings.itemDone, scope)),
      group: settings.itemGroup === undefined ? '' : formatValue(perRow(settings.itemGroup, scope), host),
    };
  });
  const doneCount = items.filter(({ isDone }) => isDone).length;
  const isComplete = items.length > 0 && doneCount === items.length && !state.hasMore;
  useExposed({ rows: state.rows, doneCount, isComplete, isLoading: state.isLoading });
  useMethod('refresh', () => state.refresh());

  if (settings.data === undefined) {
    return host.mode === 'design' ? <Placeholder icon="checklist" hint="Choose the data to show" /> : null;
  }
  if (state.error !== undefined && items.length === 0) return <LoadError error={state.error} onRetry={state.refresh} />;
  if (state.isLoading) return <LoadingLines count={5} height={32} />;
  if (items.length === 0) return <EmptyState text={textOf(settings.emptyText)} icon="checklist" />;
  const groups = [...Map.groupBy(items, ({ group }) => group)];
  return (
    <>
      {state.error !== undefined && <LoadError error={state.error} onRetry={state.refresh} />}
      {settings.progress === 'show' && <HowFar done={doneCount} total={items.length} />}
      {groups.map(([group, members]) => (
        <section key={group} className={styles.group} {...(group === '' ? {} : { 'aria-label': group })}>
          {group !== '' && (
            <div className={styles.groupHead}>
              <Text size="xs" fw={600} c="dimmed">
                {group}
              </Text>
              <Text size="xs" c="dimmed" className={styles.count}>
                {members.filter(({ isDone }) => isDone).length} / {members.length}
              </Text>
            </div>
          )}
          <ul className={styles.list}>
            {members.map((item) => (
              <ChecklistItem key={item.key} settings={settings} item={item} table={state.table} />
            ))}
          </ul>
        </section>
      ))}
      {state.hasMore && (
        <Button variant="subtle" size="compact-sm" mt={8} loading={state.isFetching} onClick={state.loadMore}>
          Load more
        </Button>
      )}
    </>
  );
}

function HowFar({ done, total }: { done: number; total: number }) {
  return (
    <div className={styles.progress}>
      <Progress
        value={(done / total) * 100}
        aria-label="How far it is"
        className={styles.bar}
        {...(done === total ? { color: 'green' } : {})}
      />
      <Text size="xs" c="dimmed" className={styles.count}>
        {done} of {total} done
      </Text>
    </div>
  );
}
