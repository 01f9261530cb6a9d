import { ActionIcon, Drawer, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { encodeRowKey, type Row, type TableDescription } from '@fettle/sdk';
import { isEditable } from './cell-draft.ts';
import { LinkedRows, type PeekTarget } from './related-peek.tsx';
import { RowDetails } from './row-details.tsx';
import { RowForm } from './row-form.tsx';
import type { TablePlace } from './use-rows.ts';

interface RowPanelProps {
  readonly place: TablePlace;
  readonly row: Row | undefined;
  readonly isNew: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onPeek: (target: PeekTarget) => void;
  /** Goes to the row before or after. */
  readonly onStep?: (by: number) => void;
}

/** One row beside the grid: a form where it can be written, else its values in full. */
export function RowPanel(props: RowPanelProps) {
  const { place, row, isNew } = props;
  const { table } = place;
  const canEdit = table.writable && table.primaryKey.length > 0 && table.columns.some(isEditable);
  const key = row === undefined || table.primaryKey.length === 0 ? '' : encodeRowKey(table.primaryKey, row);
  return (
    <Drawer
      opened={props.isOpen}
      onClose={props.onClose}
      position="right"
      size="md"
      title={
        <Group gap="xs">
          {isNew ? `New row in ${table.name}` : `${table.name} ${key}`}
          {props.onStep !== undefined && <Steps onStep={props.onStep} />}
        </Group>
      }
    >
      {(isNew || (row !== undefined && canEdit)) && (
        <RowForm
          key={isNew ? 'new' : key}
          place={place}
          row={isNew ? undefined : row}
          onClose={props.onClose}
          onPeek={props.onPeek}
        />
      )}
      {!isNew && row !== undefined && !canEdit && (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {whyReadOnly(table)}
          </Text>
          <RowDetails columns={table.columns} row={row} />
          <LinkedRows
            dataSource={place.dataSource}
            schema={place.schema}
            table={table}
            row={row}
            onLeave={props.onClose}
          />
        </Stack>
      )}
    </Drawer>
  );
}

function whyReadOnly(table: TableDescription): string {
  if (!table.writable)
    return `This ${table.kind} cannot be written with the account of the data source, so the row can only be read.`;
  if (table.primaryKey.length === 0)
    return 'The table has no primary key, so the row can only be read. Give it one in the database to change rows here.';
  return 'No column of the table can be written here, so the row can only be read.';
}

function Steps({ onStep }: { readonly onStep: (by: number) => void }) {
  return (
    <Group gap={2}>
      <Tooltip label="Row before">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Row before" onClick={() => onStep(-1)}>
          <IconChevronUp size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Row after">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Row after" onClick={() => onStep(1)}>
          <IconChevronDown size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
