import { useEffect, useRef, useState } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { AppError } from '@fettle/base';
import type { ColumnDescription, Row, TableDescription } from '@fettle/sdk';
import { ErrorState } from '../../shell/error-state.tsx';
import { changesOf, isEditable, rowDraft, type CellDraft, type RowDraft } from './cell-draft.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { relationColumns } from './relation-columns.ts';
import { LinkedRows, type PeekTarget } from './related-peek.tsx';
import { RowField } from './row-field.tsx';
import { useRowWrites } from './use-row-writes.ts';
import type { TablePlace } from './use-rows.ts';
import styles from './rows.module.css';

interface RowFormProps {
  readonly place: TablePlace;
  /** Undefined: a new row. */
  readonly row: Row | undefined;
  readonly onClose: () => void;
  readonly onPeek: (target: PeekTarget) => void;
}

/** Writing one row. Only what changed is sent, with what was seen before: somebody else's change is never lost. */
export function RowForm({ place, row, onClose, onPeek }: RowFormProps) {
  const { table, schema } = place;
  const isNew = row === undefined;
  // The row as it was last seen: what a change is compared with, here and on the server.
  const [seen, setSeen] = useState(row);
  const [draft, setDraft] = useState<RowDraft>(() => rowDraft(table, row));
  const [isChecked, setIsChecked] = useState(false);
  const writes = useRowWrites(place);
  const relations = relationColumns(table, schema);
  const { values, problems } = changesOf(table, rowDraft(table, seen), draft, isNew);
  const isChanged = Object.keys(values).length + Object.keys(problems).length > 0;
  const hasProblems = Object.keys(problems).length > 0;
  const theirs = conflictingRow(writes.save.error);

  const save = (expected: Row | undefined): void => {
    setIsChecked(true);
    if (hasProblems) return;
    writes.save.mutate({ row: expected, values }, { onSuccess: onClose });
  };
  const set = (column: string, value: CellDraft): void => setDraft((before) => ({ ...before, [column]: value }));
  const serverProblems = problemsOf(writes.save.error);
  // A long form is saved from its end: what went wrong stands at its top.
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (writes.save.error !== null) top.current?.scrollIntoView({ block: 'start' });
  }, [writes.save.error]);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(seen);
      }}
    >
      <Stack gap="sm" ref={top} style={{ scrollMarginTop: 72 }}>
        {theirs !== undefined && (
          <ConflictNotice
            table={table}
            values={values}
            theirs={theirs}
            isBusy={writes.save.isPending}
            onKeepMine={() => {
              setSeen(theirs);
              save(theirs);
            }}
            onTakeTheirs={() => {
              setSeen(theirs);
              setDraft(rowDraft(table, theirs));
              writes.save.reset();
            }}
          />
        )}
        {writes.save.isError && theirs === undefined && (
          <ErrorState error={writes.save.error} title="The row was not saved" />
        )}
        {table.columns
          .filter((column) => !isNew || (isEditable(column) && !isNumberedKey(table, column)))
          .map((column) => (
            <RowField
              key={column.name}
              place={place}
              column={column}
              isNew={isNew}
              value={seen?.[column.name]}
              draft={draft[column.name]}
              relation={relations.get(column.name)}
              problem={(isChecked ? problems[column.name] : undefined) ?? serverProblems[column.name]}
              onChange={(value) => set(column.name, value)}
              onPeek={onPeek}
            />
          ))}
        {row !== undefined && (
          <LinkedRows dataSource={place.dataSource} schema={schema} table={table} row={row} onLeave={onClose} />
        )}
        <div className={styles['actions']}>
          {row === undefined ? <span /> : <DeleteButton writes={writes} row={row} onDeleted={onClose} />}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={writes.save.isPending} disabled={!isNew && !isChanged}>
              {isNew ? 'Add row' : 'Save'}
            </Button>
          </Group>
        </div>
      </Stack>
    </form>
  );
}

function DeleteButton(props: {
  readonly writes: ReturnType<typeof useRowWrites>;
  readonly row: Row;
  readonly onDeleted: () => void;
}) {
  const [isAsking, setIsAsking] = useState(false);
  const { remove } = props.writes;
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title="Delete this row?"
        centered
        size="sm"
        zIndex={300}
      >
        <Stack gap="sm">
          <Text size="sm">The row is deleted from the database. This cannot be undone here.</Text>
          {remove.isError && <ErrorState error={remove.error} title="The row was not deleted" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setIsAsking(false)} data-autofocus>
              Keep it
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(props.row, { onSuccess: props.onDeleted })}
            >
              Delete
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** True for keys that the database counts by itself: a new row need not ask for them. */
function isNumberedKey(table: TableDescription, column: ColumnDescription): boolean {
  return column.hasDefault && column.type === 'integer' && table.primaryKey.includes(column.name);
}

function conflictingRow(error: unknown): Row | undefined {
  if (!(error instanceof AppError) || error.code !== 'row.changed') return undefined;
  return error.details?.['current'] as Row | undefined;
}

function problemsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof AppError)) return {};
  return Object.fromEntries((error.problems ?? []).map(({ path, message }) => [path.split('/').at(-1) ?? '', message]));
}
