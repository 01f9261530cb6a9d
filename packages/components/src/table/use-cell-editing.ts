import { useEffect, useState } from 'react';
import { AppError, jsonEquals, type Json } from '@fettle/base';
import type { Row, RowKey, TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';
import type { KnownRow } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';

/** A cell that somebody else changed while this person did. */
export interface CellConflict {
  readonly target: KnownRow;
  readonly column: TableColumn;
  readonly mine: Json;
  readonly theirs: Json;
}

/** A new value for a cell. `label` is what a related row is called. */
export interface CellEdit {
  readonly target: KnownRow;
  readonly column: TableColumn;
  readonly value: Json;
  readonly label?: string | undefined;
}

interface Patch {
  readonly values: Row;
  /** The server has it: the patch goes with the next rows that arrive. */
  readonly isStored: boolean;
}

/** Editing of cells: values show at once, are sent with what was seen before, and roll back when refused. */
export interface CellEditing {
  readonly editing: { readonly row: string; readonly column: string } | undefined;
  readonly conflict: CellConflict | undefined;
  start(row: string, column: string): void;
  cancel(): void;
  save(edit: CellEdit): Promise<void>;
  keepMine(): Promise<void>;
  takeTheirs(): void;
  /** The rows with values on their way to the server. */
  patch(rows: readonly KnownRow[]): readonly KnownRow[];
}

/** See {@link CellEditing}. */
export function useCellEditing(options: {
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly rows: readonly KnownRow[];
  readonly refresh: () => void;
}): CellEditing {
  const { place, table, rows, refresh } = options;
  const host = useHost();
  const [editing, setEditing] = useState<CellEditing['editing']>();
  const [conflict, setConflict] = useState<CellConflict | undefined>();
  const [patches, setPatches] = useState<ReadonlyMap<string, Patch>>(new Map());

  useEffect(() => {
    setPatches((all) => {
      const open = [...all].filter(([, patch]) => !patch.isStored);
      return open.length === all.size ? all : new Map(open);
    });
  }, [rows]);
  const setPatch = (id: string, patch: Patch | undefined): void =>
    setPatches((all) => {
      const next = new Map(all);
      if (patch === undefined) next.delete(id);
      else next.set(id, { ...patch, values: { ...all.get(id)?.values, ...patch.values } });
      return next;
    });

  const send = async (edit: CellEdit, expected: Json): Promise<void> => {
    const { target, column, value } = edit;
    const name = column.writes?.name;
    if (name === undefined || place === undefined || table === undefined) return;
    setPatch(target.id, { values: patchValues(edit, name), isStored: false });
    try {
      const [stored] = await host.data.update(place, [
        { key: keyOf(table, target.row), values: { [name]: value }, expected: { [name]: expected } },
      ]);
      setPatch(target.id, { values: { [name]: stored?.[name] ?? value }, isStored: true });
      void host.emit('cellChange', { row: { ...target.row, ...stored }, column: name, value: stored?.[name] ?? value });
    } catch (error) {
      setPatch(target.id, undefined);
      const current = conflictRow(error);
      if (current === undefined) host.notify({ kind: 'error', text: describeFailure(error) });
      else setConflict({ target, column, mine: value, theirs: current[name] ?? null });
    }
  };

  return {
    editing,
    conflict,
    start: (row, column) => setEditing({ row, column }),
    cancel: () => setEditing(undefined),
    save: async (edit) => {
      setEditing(undefined);
      const seen = edit.target.row[edit.column.writes?.name ?? ''] ?? null;
      if (!jsonEquals(seen, edit.value)) await send(edit, seen);
    },
    keepMine: async () => {
      if (conflict === undefined) return;
      setConflict(undefined);
      await send({ target: conflict.target, column: conflict.column, value: conflict.mine }, conflict.theirs);
    },
    takeTheirs: () => {
      setConflict(undefined);
      refresh();
    },
    patch: (list) =>
      patches.size === 0
        ? list
        : list.map((known) => {
            const patch = patches.get(known.id);
            return patch === undefined ? known : { ...known, row: { ...known.row, ...patch.values } };
          }),
  };
}

// A related row shows its new label at once, not only its key.
function patchValues(edit: CellEdit, name: string): Row {
  const { column, value, label } = edit;
  const { relation, path } = column;
  if (relation === undefined || path === undefined || path === name) return { [name]: value };
  const labelColumn = path.split('.').at(-1) ?? '';
  const related: Json =
    value === null ? null : { [relation.foreignColumns[0] ?? 'id']: value, [labelColumn]: label ?? null };
  return { [name]: value, [relation.name]: related };
}

/** The key of a row. */
export function keyOf(table: TableDescription, row: Row): RowKey {
  return Object.fromEntries(table.primaryKey.map((column) => [column, row[column] ?? null]));
}

/** The row as it is now, when an error says that it changed meanwhile. */
export function conflictRow(error: unknown): Row | undefined {
  if (!(error instanceof AppError) || error.kind !== 'conflict') return undefined;
  const current = error.details?.['current'];
  return typeof current === 'object' && current !== null ? (current as Row) : undefined;
}

/** What to tell a person about a failed change: what happened and the next step. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'The change could not be saved.';
  const hint = error instanceof AppError ? error.hint : undefined;
  const first = error instanceof AppError ? error.problems?.[0]?.message : undefined;
  return [error.message, first, hint].filter((part) => part !== undefined && part !== '').join(' ');
}
