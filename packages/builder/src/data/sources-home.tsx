import { Button, Group, Skeleton, Stack, Table } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DataSourceInfo } from '@fettle/contract';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { relativeTime } from '@fettle/runtime';
import { ConnectorIcon } from './connector-icon.tsx';
import { useDataPaths } from './data-paths.ts';
import { SourceHealth } from './source/source-health.tsx';
import { useConnectorOf, useDataSources } from './use-data.ts';
import styles from './data.module.css';

/** All data sources with their state. */
export function SourcesHome() {
  const paths = useDataPaths();
  const sources = useDataSources();
  const list = sources.data?.dataSources ?? [];
  const addButton = (
    <Button component={Link} href={paths.newSource} leftSection={<IconPlus size={14} />}>
      Add a data source
    </Button>
  );
  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader
        title="Data"
        lead="Databases and APIs that your apps work with."
        actions={list.length > 0 && addButton}
      />
      {sources.isPending && <Skeleton height={160} />}
      {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.isSuccess && list.length === 0 && (
        <EmptyState
          icon={<IconDatabase size={20} />}
          title="No data source yet"
          text="Connect a database or an API you already have, keep tables in Fettle itself, or look around with demo data."
        >
          {addButton}
        </EmptyState>
      )}
      {list.length > 0 && (
        <div className={styles['tableWrap']}>
          <Table verticalSpacing={6} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Changed</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((source) => (
                <SourceRow key={source.id} source={source} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}

function SourceRow({ source }: { readonly source: DataSourceInfo }) {
  const paths = useDataPaths();
  const connector = useConnectorOf(source);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <ConnectorIcon kind={source.kind} connector={connector} />
          <Link href={paths.source(source.id)} className={styles['plainLink'] ?? ''}>
            {source.name}
          </Link>
        </Group>
      </Table.Td>
      <Table.Td>{kindOf(source, connector?.title)}</Table.Td>
      <Table.Td>
        <SourceHealth source={source} />
      </Table.Td>
      <Table.Td>{relativeTime(source.updatedAt)}</Table.Td>
    </Table.Tr>
  );
}

function kindOf(source: DataSourceInfo, connector: string | undefined): string {
  if (source.kind === 'internal') return 'Internal tables';
  if (source.kind === 'demo') return 'Demo data';
  return connector ?? source.connector;
}
