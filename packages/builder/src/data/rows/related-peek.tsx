import { useMemo, useState } from 'react';
import { Anchor, Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { RelationDescription, Row, SchemaDescription, TableDescription } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useDataPaths } from '../data-paths.ts';
import { conditionFor } from '../filter/filter-draft.ts';
import { expandOf, relatedKey, relatedLabel, relationColumns } from './relation-columns.ts';
import { RowDetails } from './row-details.tsx';
import { formatView, wholeTable } from './rows-view.ts';
import styles from './rows.module.css';

/** A row somewhere: its table and the values that find it. */
export interface PeekTarget {
  readonly table: string;
  readonly key: Readonly<Record<string, Json>>;
}

interface PeekProps {
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly target: PeekTarget | undefined;
  readonly onTarget: (target: PeekTarget | undefined) => void;
}

/** A related row beside the table, with the rows it is linked to in turn. */
export function RelatedPeek({ dataSource, schema, target, onTarget }: PeekProps) {
  const [trail, setTrail] = useState<readonly PeekTarget[]>([]);
  const table = schema.tables.find(({ id }) => id === target?.table);
  const close = (): void => {
    setTrail([]);
    onTarget(undefined);
  };
  const back = (): void => {
    onTarget(trail.at(-1));
    setTrail(trail.slice(0, -1));
  };
  return (
    <Drawer
      opened={target !== undefined}
      onClose={close}
      position="right"
      size="md"
      title={target?.table ?? ''}
      zIndex={250}
    >
      {trail.length > 0 && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconArrowLeft size={12} />} onClick={back} mb="xs">
          Back to {trail.at(-1)?.table}
        </Button>
      )}
      {target !== undefined && table !== undefined && (
        <Peek
          dataSource={dataSource}
          schema={schema}
          table={table}
          target={target}
          onFollow={(next) => {
            setTrail([...trail, target]);
            onTarget(next);
          }}
          onClose={close}
        />
      )}
      {target !== undefined && table === undefined && (
        <Text size="sm">The table {target.table} is no longer there.</Text>
      )}
    </Drawer>
  );
}

interface InnerProps {
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly table: TableDescription;
  readonly target: PeekTarget;
  readonly onFollow: (target: PeekTarget) => void;
  readonly onClose: () => void;
}

function Peek({ dataSource, schema, table, target, onFollow, onClose }: InnerProps) {
  const client = useClient();
  const paths = useDataPaths();
  const { id: workspaceId } = useWorkspace();
  const relations = useMemo(() => relationColumns(table, schema), [table, schema]);
  const expand = useMemo(() => expandOf(relations), [relations]);
  const conditions = Object.entries(target.key).map(([column, value]) => ({
    column,
    operator: 'equal' as const,
    value,
  }));
  const body = { filter: { and: conditions }, limit: 1, ...(expand === undefined ? {} : { expand }) };
  const found = useQuery({
    queryKey: ['rows', workspaceId, dataSource, table.id, body],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, { params: { workspaceId, dataSource, table: table.id }, body, signal }),
  });
  if (found.isPending) return <Skeleton height={240} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const [row] = found.data.rows;
  if (row === undefined) return <Text size="sm">There is no such row any more.</Text>;
  const chip = (column: string) => {
    const relation = relations.get(column);
    const key = relation === undefined ? undefined : relatedKey(row, relation.relation);
    const label = relation === undefined ? undefined : relatedLabel(row, relation);
    if (relation === undefined || key === undefined || label === undefined) return undefined;
    return (
      <button type="button" className={styles['relation']} onClick={() => onFollow({ table: relation.target.id, key })}>
        {label}
      </button>
    );
  };
  return (
    <Stack gap="md">
      <RowDetails columns={table.columns} row={row} render={chip} />
      <LinkedRows dataSource={dataSource} schema={schema} table={table} row={row} onLeave={onClose} />
      <Group>
        <Button
          component={Link}
          variant="default"
          href={paths.table(dataSource, table.id) + filterAddress(table, target.key)}
          onClick={onClose}
        >
          Open in {table.name}
        </Button>
      </Group>
    </Stack>
  );
}

/** Links to the rows of other tables that point here. */
export function LinkedRows(props: {
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly table: TableDescription;
  readonly row: Row;
  readonly onLeave: () => void;
}) {
  const paths = useDataPaths();
  const many = props.table.relations.filter((relation) => relation.kind === 'many' && relation.through === undefined);
  if (many.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="xs" fw={500} c="dimmed">
        Linked from
      </Text>
      {many.map((relation) => {
        const target = props.schema.tables.find(({ id }) => id === relation.table);
        const key = relatedKey(props.row, relation);
        if (target === undefined || key === undefined) return null;
        return (
          <Anchor
            key={relation.name}
            component={Link}
            size="sm"
            href={paths.table(props.dataSource, target.id) + filterAddress(target, key)}
            onClick={props.onLeave}
          >
            {nameOf(relation)}
          </Anchor>
        );
      })}
    </Stack>
  );
}

function nameOf(relation: RelationDescription): string {
  return relation.name === relation.table ? relation.table : `${relation.name} (${relation.table})`;
}

function filterAddress(table: TableDescription, key: Readonly<Record<string, Json>>): string {
  const conditions = Object.entries(key).flatMap(([name, value]) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column === undefined ? [] : [conditionFor(column, value)];
  });
  return formatView({ ...wholeTable, filter: { join: 'and', conditions } });
}
