import { useMemo, useState } from 'react';
import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Group,
  List,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconApps, IconAlertTriangle, IconEye, IconSearch, IconTable } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DataSourceInfo } from '@fettle/contract';
import type { TableDescription } from '@fettle/sdk';
import { CreateAppDialog } from '../../home/create-app-dialog.tsx';
import { matchesSearch } from '../../home/matches-search.ts';
import { relativeTime } from '@fettle/runtime';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { useDataPaths } from '../data-paths.ts';
import { CreateTableDialog } from '../structure/create-table-dialog.tsx';
import { useSchema } from '../use-data.ts';
import styles from '../data.module.css';

/** The tables of a data source, with what they hold. */
export function SourceTables({ source }: { readonly source: DataSourceInfo }) {
  const schema = useSchema(source.id);
  const [search, setSearch] = useState('');
  const [appTable, setAppTable] = useState<string>();
  const tables = schema.data?.schema.tables;
  const found = useMemo(
    () => (tables ?? []).filter((table) => matchesSearch(search, [table.id, table.comment ?? ''])),
    [tables, search],
  );
  if (schema.isPending) return <Skeleton height={240} />;
  if (schema.isError) {
    return (
      <ErrorState error={schema.error} title="The tables could not be read" onRetry={() => void schema.refetch()} />
    );
  }
  if (schema.data.schema.tables.length === 0) return <NoTables source={source} />;
  return (
    <Stack gap="sm">
      <Warnings texts={schema.data.schema.warnings} />
      <Group justify="space-between">
        <TextInput
          aria-label="Search tables"
          placeholder="Search tables"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={260}
        />
        <Text size="xs" c="dimmed">
          {found.length} of {schema.data.schema.tables.length} · read {relativeTime(schema.data.readAt)}
        </Text>
      </Group>
      <div className={styles['tableWrap']}>
        <Table verticalSpacing={5} horizontalSpacing="md" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th ta="right">Columns</Table.Th>
              <Table.Th>Linked to</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((table) => (
              <TableRow key={table.id} dataSource={source.id} table={table} onMakeApp={() => setAppTable(table.id)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          No table matches.
        </Text>
      )}
      <CreateAppDialog
        key={appTable}
        isOpen={appTable !== undefined}
        onClose={() => setAppTable(undefined)}
        picked={{ dataSource: source.id, tables: appTable === undefined ? [] : [appTable] }}
      />
    </Stack>
  );
}

function TableRow(props: {
  readonly dataSource: string;
  readonly table: TableDescription;
  readonly onMakeApp: () => void;
}) {
  const { dataSource, table } = props;
  const paths = useDataPaths();
  const linked = [...new Set(table.relations.map((relation) => relation.table))];
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          {table.kind === 'view' ? <IconEye size={14} /> : <IconTable size={14} />}
          <Link href={paths.table(dataSource, table.id)} className={styles['plainLink'] ?? ''}>
            {table.id}
          </Link>
          {!table.writable && (
            <Badge variant="light" color="gray" size="xs">
              read only
            </Badge>
          )}
        </Group>
        {table.comment !== undefined && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {table.comment}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{table.kind === 'view' ? 'View' : 'Table'}</Table.Td>
      <Table.Td ta="right">{table.columns.length}</Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed" truncate maw={320} title={linked.join(', ')}>
          {linked.length === 0 ? '–' : linked.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        <Tooltip label="Make an app from this table">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Make an app from ${table.id}`}
            onClick={props.onMakeApp}
          >
            <IconApps size={14} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}

function NoTables({ source }: { readonly source: DataSourceInfo }) {
  const [isOpen, setIsOpen] = useState(false);
  if (source.kind !== 'internal') {
    return (
      <EmptyState
        icon={<IconTable size={20} />}
        title="No tables here"
        text="The database has no tables that this account can see. Check the schemas in the settings and the rights of the account, then refresh the structure."
      />
    );
  }
  return (
    <EmptyState
      icon={<IconTable size={20} />}
      title="No tables yet"
      text="Make a table with the columns you need, or take its columns and rows from a CSV file."
    >
      <Button onClick={() => setIsOpen(true)}>New table</Button>
      <CreateTableDialog dataSource={source.id} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </EmptyState>
  );
}

function Warnings({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={16} />} title="Some things could not be read">
      <List size="sm">
        {texts.slice(0, 5).map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
      {texts.length > 5 && <Text size="sm">And {texts.length - 5} more.</Text>}
    </Alert>
  );
}
