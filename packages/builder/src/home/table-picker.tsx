import { useState } from 'react';
import { Anchor, Button, Checkbox, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { labelFromName } from '@fettle/base';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { ErrorState } from '../shell/error-state.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { matchesSearch } from './matches-search.ts';
import styles from './home.module.css';

/** Tables of one data source. */
export interface PickedTables {
  readonly dataSource: string;
  readonly tables: readonly string[];
}

/** Picks a data source and some of its tables. */
export function TablePicker(props: {
  readonly value: PickedTables | undefined;
  readonly onChange: (value: PickedTables | undefined) => void;
}) {
  const client = useClient();
  const { id: workspaceId, slug } = useWorkspace();
  const sources = useQuery({
    queryKey: ['data-sources', workspaceId],
    queryFn: ({ signal }) => client.call(routes.dataSources.list, { params: { workspaceId }, signal }),
  });
  if (sources.isPending) return <Skeleton height={36} />;
  if (sources.isError) return <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />;
  if (sources.data.dataSources.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        There is no data source yet.{' '}
        <Anchor component={Link} href={`/w/${slug}/data/new`} size="sm">
          Add one
        </Anchor>
        , then come back.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Select
        label="Data source"
        placeholder="Choose one"
        data={sources.data.dataSources.map((source) => ({ value: source.id, label: source.name }))}
        value={props.value?.dataSource ?? null}
        onChange={(dataSource) => props.onChange(dataSource === null ? undefined : { dataSource, tables: [] })}
        allowDeselect={false}
      />
      {props.value !== undefined && (
        <Tables key={props.value.dataSource} value={props.value} onChange={props.onChange} />
      )}
    </Stack>
  );
}

function Tables({
  value,
  onChange,
}: {
  readonly value: PickedTables;
  readonly onChange: (value: PickedTables) => void;
}) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [search, setSearch] = useState('');
  const schema = useQuery({
    queryKey: ['schema', workspaceId, value.dataSource],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.schema, { params: { workspaceId, dataSource: value.dataSource }, signal }),
  });
  if (schema.isPending) return <Skeleton height={160} />;
  if (schema.isError) return <ErrorState error={schema.error} onRetry={() => void schema.refetch()} />;
  const all = schema.data.schema.tables;
  const found = all.filter((table) => matchesSearch(search, [table.id, labelFromName(table.name)]));
  const toggle = (id: string, isOn: boolean): void =>
    onChange({ ...value, tables: isOn ? [...value.tables, id] : value.tables.filter((table) => table !== id) });
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        Tables {value.tables.length > 0 && `(${value.tables.length} chosen)`}
      </Text>
      {all.length > 8 && (
        <TextInput
          aria-label="Search tables"
          placeholder="Search tables"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={styles['tables']} role="group" aria-label="Tables">
        {found.map((table) => (
          <Checkbox
            key={table.id}
            py={5}
            label={table.id}
            description={`${table.columns.length} columns${table.kind === 'view' ? ', view' : ''}`}
            checked={value.tables.includes(table.id)}
            onChange={(event) => toggle(table.id, event.currentTarget.checked)}
          />
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" py={6}>
            No table matches.
          </Text>
        )}
      </div>
      {found.length > 1 && (
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange({ ...value, tables: found.map((table) => table.id).slice(0, 50) })}
        >
          Choose all
        </Button>
      )}
    </Stack>
  );
}
