import { lazy } from 'react';
import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DataSourceInfo } from '@fettle/contract';
import { Part } from '@fettle/runtime';
import { ErrorState } from '../../shell/error-state.tsx';
import { NotFoundPage } from '../../shell/not-found-page.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { PageLoading } from '../../shell/page-loading.tsx';
import { useDataPaths } from '../data-paths.ts';
import { hasTables, useConnectorOf, useConnectors, useDataSources } from '../use-data.ts';
import { SourceActions } from './source-actions.tsx';
import { SourceSettings } from './source-settings.tsx';
import { SourceTables } from './source-tables.tsx';
import styles from '../data.module.css';

const QueryWorkbench = lazy(() =>
  import('../query/query-workbench.tsx').then((module) => ({ default: module.QueryWorkbench })),
);

type SourceTab = 'tables' | 'query' | 'settings';

/** One data source: its tables, trying queries, its settings. */
export function SourcePage({ dataSource, tab }: { readonly dataSource: string; readonly tab: SourceTab }) {
  const sources = useDataSources();
  const source = sources.data?.dataSources.find(({ id }) => id === dataSource);
  if (sources.isPending) return <Skeleton height={200} m="lg" />;
  if (sources.isError) return <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />;
  if (source === undefined) return <NotFoundPage />;
  return <Loaded source={source} tab={tab} />;
}

function Loaded({ source, tab }: { readonly source: DataSourceInfo; readonly tab: SourceTab }) {
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const connectors = useConnectors();
  const connector = useConnectorOf(source);
  const isWithTables = hasTables(connector);
  const canQuery = (connector?.queryKinds.length ?? 0) > 0;
  // An API has no tables: its page begins with queries.
  const shown: SourceTab = tab === 'tables' && !isWithTables ? 'query' : tab;
  const addressOf = {
    tables: paths.source(source.id),
    query: paths.query(source.id),
    settings: paths.settings(source.id),
  };
  if (connectors.isPending) return <Skeleton height={200} m="lg" />;
  return (
    <div className={styles['fill']}>
      <Stack gap="sm" className={styles['head']}>
        <PageHeader
          title={source.name}
          lead={leadOf(source, connector?.title)}
          actions={<SourceActions source={source} isWithTables={isWithTables} />}
        />
      </Stack>
      <Tabs
        value={shown}
        onChange={(next) => next !== null && navigate(addressOf[next as SourceTab])}
        mt="sm"
        keepMounted={false}
        className={styles['fill']}
      >
        <Tabs.List className={styles['tabs'] ?? ''}>
          {isWithTables && <Tabs.Tab value="tables">Tables</Tabs.Tab>}
          {canQuery && <Tabs.Tab value="query">Query</Tabs.Tab>}
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tables" className={styles['section'] ?? ''}>
          <SourceTables source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="query" className={styles['section'] ?? ''}>
          {connector !== undefined && canQuery && (
            <Part failure="page" loading={<PageLoading />}>
              <QueryWorkbench key={source.id} source={source} connector={connector} />
            </Part>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={styles['section'] ?? ''}>
          <SourceSettings key={source.updatedAt} source={source} connector={connector} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function leadOf(source: DataSourceInfo, connector: string | undefined): string {
  if (source.kind === 'internal') return 'Tables that Fettle keeps for this workspace.';
  if (source.kind === 'demo') return 'A sample IT desk to look around with.';
  return connector ?? source.connector;
}
