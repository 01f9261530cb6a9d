import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { EmptyState } from '../../shell/empty-state.tsx';
import { useApp, useDesign, useView } from '../design-context.ts';
import { DockHandle } from './dock-handle.tsx';
import { QueryEditor } from './query-editor.tsx';
import { QueryList } from './query-list.tsx';
import { useAddQuery } from './use-add-query.ts';
import { useDockHeight } from './use-dock-height.ts';
import styles from './dock.module.css';

/** The workbench for queries below the canvas. */
export function QueryDock() {
  const { view } = useDesign();
  const [height, setHeight] = useDockHeight();
  const open = useView((state) => state.query);
  const queries = useApp((app) => app.queries);
  const addition = useAddQuery();
  const query = open === undefined ? Object.values(queries)[0] : (queries[open] ?? Object.values(queries)[0]);
  return (
    <section className={styles['dock']} style={{ height }} aria-label="Queries">
      <DockHandle height={height} onChange={setHeight} />
      <Group className={styles['bar'] ?? ''} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          Queries
        </Text>
        <CloseButton size="sm" aria-label="Close queries" onClick={() => view.setState({ isDockOpen: false })} />
      </Group>
      <div className={styles['columns']}>
        <QueryList current={query?.id} addition={addition} />
        {query === undefined ? (
          <div className={styles['editor']}>
            <EmptyState
              icon={<IconDatabase size={20} />}
              title="No queries yet"
              text="A query asks a data source for rows, or changes them, with SQL or a request of your own. Tables and forms on plain tables need none."
            >
              <Button
                size="xs"
                leftSection={<IconPlus size={14} />}
                onClick={addition.add}
                disabled={!addition.isReady}
              >
                Add query
              </Button>
              {addition.hint !== undefined && (
                <Text size="xs" c="dimmed">
                  {addition.hint}
                </Text>
              )}
            </EmptyState>
          </div>
        ) : (
          <QueryEditor key={query.id} query={query} />
        )}
      </div>
    </section>
  );
}
