import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import type { Template, TemplateRow } from '../template.ts';
import { dateOf, instantOf, readMark, rowKeyMember } from './marks.ts';

/** What marks in sample rows stand for. */
export interface SampleSurroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The address of whoever installs. */
  readonly user: string;
}

/** Where sample rows are stored. */
export interface SampleStore {
  /** Stores rows of a table in one go; answers their ids in the same order. */
  create(table: string, rows: readonly Row[]): Promise<readonly Json[]>;
  update(table: string, changes: readonly { readonly id: Json; readonly values: Row }[]): Promise<void>;
}

/**
 * Stores the sample rows of a template, table by table. What points to a row that is not there yet (of the same table, or
 * of a later one) is filled in afterwards.
 */
export async function storeSampleRows(
  { tables, rows }: Pick<Template, 'tables' | 'rows'>,
  surroundings: SampleSurroundings,
  store: SampleStore,
): Promise<void> {
  /** table → name of the row → id. */
  const ids = new Map<string, Map<string, Json>>();
  const later: { readonly table: string; readonly id: Json; readonly values: Record<string, PendingRow> }[] = [];
  for (const { name, fields } of tables) {
    const given = rows[name] ?? [];
    if (given.length === 0) continue;
    const targets = new Map(
      fields.flatMap((field) => (field.target === undefined ? [] : [[field.name, field.target]])),
    );
    const split = given.map((row) => splitRow(row, { ...surroundings, targets, ids }));
    const stored = await store.create(
      name,
      split.map(({ values }) => values),
    );
    const named = new Map<string, Json>();
    ids.set(name, named);
    for (const [index, row] of given.entries()) {
      const id = stored[index] ?? null;
      const key = row[rowKeyMember];
      if (typeof key === 'string') named.set(key, id);
      const pending = split[index]?.pending ?? {};
      if (Object.keys(pending).length > 0) later.push({ table: name, id, values: pending });
    }
  }
  for (const { name } of tables) {
    const changes = later
      .filter(({ table }) => table === name)
      .map(({ id, values }) => ({
        id,
        values: Object.fromEntries(
          Object.entries(values).map(([column, { table, key }]) => [column, ids.get(table)?.get(key) ?? null]),
        ),
      }));
    if (changes.length > 0) await store.update(name, changes);
  }
}

interface PendingRow {
  readonly table: string;
  readonly key: string;
}

function splitRow(
  row: TemplateRow,
  context: SampleSurroundings & {
    readonly targets: ReadonlyMap<string, string>;
    readonly ids: ReadonlyMap<string, ReadonlyMap<string, Json>>;
  },
): { readonly values: Row; readonly pending: Record<string, PendingRow> } {
  const values: Record<string, Json> = {};
  const pending: Record<string, PendingRow> = {};
  for (const [column, value] of Object.entries(row)) {
    if (column === rowKeyMember) continue;
    const mark = readMark(value);
    if (mark === undefined || typeof mark === 'string') values[column] = value;
    else if (mark.kind === 'date') values[column] = dateOf(mark.days, context.now);
    else if (mark.kind === 'time') values[column] = instantOf(mark.moment, context.now);
    else if (mark.kind === 'user') values[column] = context.user;
    else {
      const table = context.targets.get(column) ?? '';
      const id = context.ids.get(table)?.get(mark.key);
      if (id === undefined) pending[column] = { table, key: mark.key };
      else values[column] = id;
    }
  }
  return { values, pending };
}
