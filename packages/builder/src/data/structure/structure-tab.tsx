import { useState } from 'react';
import { ActionIcon, Badge, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ColumnDescription, TableDescription } from '@fettle/sdk';
import { ColumnIcon, typeTitle } from '../grid/column-icon.tsx';
import { fullText } from '../grid/cell-text.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { ColumnDialog } from './column-dialog.tsx';
import { DropColumnDialog } from './drop-column-dialog.tsx';
import styles from '../data.module.css';

/** The columns of a table and their rules. */
export function StructureTab({ place, isInternal }: { readonly place: TablePlace; readonly isInternal: boolean }) {
  const { table } = place;
  const [edited, setEdited] = useState<ColumnDescription | 'new'>();
  const [dropped, setDropped] = useState<ColumnDescription>();
  const hasComments = table.columns.some(({ comment }) => comment !== undefined);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {table.columns.length} columns
          {table.primaryKey.length === 0 && ' · no primary key, so rows cannot be changed one by one'}
        </Text>
        {isInternal && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
            Add column
          </Button>
        )}
      </Group>
      <div className={styles['tableWrap']}>
        <Table verticalSpacing={5} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>In the database</Table.Th>
              <Table.Th>Null</Table.Th>
              <Table.Th>Default</Table.Th>
              <Table.Th>Rules</Table.Th>
              {hasComments && <Table.Th>Comment</Table.Th>}
              {isInternal && <Table.Th aria-label="Actions" />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    {table.primaryKey.includes(column.name) ? (
                      <IconKey size={14} aria-label="Key" />
                    ) : (
                      <ColumnIcon type={column.type} meaning={column.meaning} />
                    )}
                    <Text size="sm" fw={500}>
                      {column.name}
                    </Text>
                  </Group>
                </Table.Td>
                <Table.Td>{typeTitle(column.type, column.meaning)}</Table.Td>
                <Table.Td className={styles['mono'] ?? ''}>{column.nativeType}</Table.Td>
                <Table.Td>{column.nullable ? 'yes' : 'no'}</Table.Td>
                <Table.Td className={styles['mono'] ?? ''}>{defaultOf(column)}</Table.Td>
                <Table.Td>
                  <Rules column={column} table={table} />
                </Table.Td>
                {hasComments && <Table.Td>{column.comment}</Table.Td>}
                {isInternal && (
                  <Table.Td>
                    {!table.primaryKey.includes(column.name) && (
                      <Actions column={column} onEdit={() => setEdited(column)} onDrop={() => setDropped(column)} />
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <ColumnDialog
        place={place}
        column={edited === 'new' ? undefined : edited}
        isOpen={edited !== undefined}
        onClose={() => setEdited(undefined)}
      />
      <DropColumnDialog place={place} column={dropped} onClose={() => setDropped(undefined)} />
    </Stack>
  );
}

function Actions({
  column,
  onEdit,
  onDrop,
}: {
  readonly column: ColumnDescription;
  readonly onEdit: () => void;
  readonly onDrop: () => void;
}) {
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <Tooltip label="Change">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Change ${column.name}`} onClick={onEdit}>
          <IconPencil size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Delete ${column.name}`} onClick={onDrop}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function Rules({ column, table }: { readonly column: ColumnDescription; readonly table: TableDescription }) {
  const relation = table.relations.find(
    ({ kind, columns, through }) => kind === 'one' && through === undefined && columns.includes(column.name),
  );
  const rules = [
    table.primaryKey.includes(column.name) ? 'key' : undefined,
    table.uniqueKeys.some((key) => key.length === 1 && key[0] === column.name) ? 'unique' : undefined,
    column.generated ? 'computed' : undefined,
    column.options === undefined ? undefined : `${column.options.length} options`,
    column.maxLength === undefined ? undefined : `up to ${column.maxLength}`,
    relation === undefined ? undefined : `→ ${relation.table}`,
  ].filter((rule) => rule !== undefined);
  return (
    <Group gap={4}>
      {rules.map((rule) => (
        <Badge key={rule} variant="light" color="gray" size="sm" tt="none">
          {rule}
        </Badge>
      ))}
    </Group>
  );
}

function defaultOf(column: ColumnDescription): string {
  if (column.defaultValue !== undefined && column.defaultValue !== null) return fullText(column.defaultValue);
  return column.hasDefault && !column.generated ? 'by the database' : '';
}
