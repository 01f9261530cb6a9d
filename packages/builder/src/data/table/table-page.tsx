import { useState } from 'react';
import { Badge, Button, Group, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconApps, IconTable } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { CreateAppDialog } from '../../home/create-app-dialog.tsx';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { useDataPaths, type TableTab } from '../data-paths.ts';
import { RelationsTab } from '../relations/relations-tab.tsx';
import { RowsTab } from '../rows/rows-tab.tsx';
import type { TablePlace } from '../rows/use-rows.ts';
import { StructureTab } from '../structure/structure-tab.tsx';
import { TableMenu } from '../structure/table-menu.tsx';
import { useDataSources, useSchema } from '../use-data.ts';
import styles from '../data.module.css';

/** One table: its rows, its structure, its relations. */
export function TablePage({
  dataSource,
  table: tableId,
  tab,
}: {
  readonly dataSource: string;
  readonly table: string;
  readonly tab: TableTab;
}) {
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const sources = useDataSources();
  const schema = useSchema(dataSource);
  if (schema.isPending || sources.isPending) return <Skeleton height={240} m="lg" />;
  if (schema.isError) {
    return (
      <Stack p="lg">
        <ErrorState error={schema.error} title="The table could not be read" onRetry={() => void schema.refetch()} />
      </Stack>
    );
  }
  const table = schema.data.schema.tables.find(({ id }) => id === tableId);
  const source = sources.data?.dataSources.find(({ id }) => id === dataSource);
  if (table === undefined) {
    return (
      <EmptyState
        icon={<IconTable size={20} />}
        title="This table is not here"
        text={`“${tableId}” was renamed or deleted, or this account cannot see it.`}
      >
        <Button variant="default" onClick={() => navigate(paths.source(dataSource))}>
          See the tables that are
        </Button>
      </EmptyState>
    );
  }
  const place: TablePlace = { dataSource, table, schema: schema.data.schema };
  return <Loaded place={place} sourceName={source?.name ?? ''} isInternal={source?.kind === 'internal'} tab={tab} />;
}

function Loaded(props: {
  readonly place: TablePlace;
  readonly sourceName: string;
  readonly isInternal: boolean;
  readonly tab: TableTab;
}) {
  const { place, isInternal, tab } = props;
  const { dataSource, table } = place;
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const [isMakingApp, setIsMakingApp] = useState(false);
  return (
    <div className={styles['fill']}>
      <div className={styles['head']}>
        <PageHeader
          title={
            <Group gap="xs">
              {table.name}
              {table.kind === 'view' && (
                <Badge variant="light" color="gray">
                  View
                </Badge>
              )}
              {!table.writable && table.kind === 'table' && (
                <Badge variant="light" color="gray">
                  Read only
                </Badge>
              )}
            </Group>
          }
          lead={
            table.comment ??
            [props.sourceName, table.schema].filter((part) => part !== undefined && part !== '').join(' · ')
          }
          actions={
            <>
              <Button variant="default" leftSection={<IconApps size={14} />} onClick={() => setIsMakingApp(true)}>
                Make an app from this table
              </Button>
              {isInternal && <TableMenu place={place} />}
            </>
          }
        />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => next !== null && navigate(paths.table(dataSource, table.id, next as TableTab))}
        mt="xs"
        keepMounted={false}
        className={styles['fill']}
      >
        <Tabs.List className={styles['tabs'] ?? ''}>
          <Tabs.Tab value="rows">Rows</Tabs.Tab>
          <Tabs.Tab value="structure">Structure</Tabs.Tab>
          <Tabs.Tab value="relations">Relations{table.relations.length > 0 && ` (${table.relations.length})`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows" className={styles['fill'] ?? ''}>
          <RowsTab place={place} isInternal={isInternal} />
        </Tabs.Panel>
        <Tabs.Panel value="structure" className={styles['section'] ?? ''}>
          <StructureTab place={place} isInternal={isInternal} />
        </Tabs.Panel>
        <Tabs.Panel value="relations" className={styles['section'] ?? ''}>
          <RelationsTab place={place} />
        </Tabs.Panel>
      </Tabs>
      <CreateAppDialog
        isOpen={isMakingApp}
        onClose={() => setIsMakingApp(false)}
        picked={{ dataSource, tables: [table.id] }}
      />
    </div>
  );
}
