import { useState } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ColumnDescription } from '@fettle/sdk';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { columnChange, draftOfColumn, nameProblem, newField, specificationOf } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';
import { useStructure } from './use-structure.ts';

interface ColumnDialogProps {
  readonly place: TablePlace;
  /** Undefined: a new column. */
  readonly column: ColumnDescription | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Adding a column to an internal table, or changing one. */
export function ColumnDialog(props: ColumnDialogProps) {
  const title = props.column === undefined ? `New column in ${props.place.table.name}` : `Change ${props.column.name}`;
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={title} centered>
      <ColumnForm key={props.column?.name} {...props} />
    </Modal>
  );
}

function ColumnForm({ place, column, onClose }: ColumnDialogProps) {
  const { table, schema, dataSource } = place;
  const start = column === undefined ? newField : draftOfColumn(column, table);
  const [draft, setDraft] = useState(start);
  const [isTried, setIsTried] = useState(false);
  const structure = useStructure(dataSource);
  const others = table.columns.map(({ name }) => name).filter((name) => name !== column?.name);
  const badName = nameProblem(draft.name, others);
  const built = column === undefined ? specificationOf(draft) : columnChange(start, draft);
  const save = (): void => {
    setIsTried(true);
    if (badName !== undefined || !built.ok) return;
    const done = {
      onSuccess: () => {
        notifySuccess(
          column === undefined ? `The column ${draft.name} is added.` : `The column ${draft.name} is changed.`,
        );
        onClose();
      },
    };
    if (column === undefined) {
      const field = specificationOf(draft);
      if (field.ok) structure.mutate({ kind: 'add-column', table: table.id, field: field.value }, done);
      return;
    }
    const change = columnChange(start, draft);
    if (!change.ok) return;
    if (change.value === undefined) onClose();
    else structure.mutate({ kind: 'change-column', table: table.id, column: column.name, ...change.value }, done);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <FieldForm value={draft} schema={schema} onChange={setDraft} nameProblem={isTried ? badName : undefined} />
        {column !== undefined && draft.type !== start.type && (
          <Text size="sm" c="dimmed">
            The type is only changed when every value that is there converts without loss.
          </Text>
        )}
        {column !== undefined && draft.name !== start.name && (
          <Text size="sm" c="dimmed">
            Apps that name the column keep the old name: their problems panel shows where to change it.
          </Text>
        )}
        {isTried && !built.ok && (
          <Text size="sm" c="red" role="alert">
            {built.error}
          </Text>
        )}
        {structure.isError && <ErrorState error={structure.error} title="The table was not changed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={structure.isPending}>
            {column === undefined ? 'Add column' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
