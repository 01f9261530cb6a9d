import type { Knex } from 'knex';
import type { RunState } from '@fettle/flow';
import { createBatches } from '../../database/batches.ts';
import type { Database } from '../../database/database.ts';
import { insertMany, rowsAsOne } from '../../database/insert-many.ts';
import type { NewRunRow } from './runs.store.ts';

/** How a run is inserted. */
export interface InsertRun {
  /** Not at all when its flow is paused and refuses starts. */
  readonly mayBeRefused?: boolean;
}

/**
 * Inserts a run and answers its state: `held` when its flow is paused. Undefined when one with the same dedupe key is
 * there already, or it was refused: nothing is inserted then.
 */
export async function insertRun(knex: Knex, row: NewRunRow, how: InsertRun = {}): Promise<RunState | undefined> {
  const result: unknown = await knex.raw(insertText, valuesOf(row, how) as Knex.RawBinding[]);
  const rows = Array.isArray(result) ? result : (result as { readonly rows: unknown[] }).rows;
  return (rows[0] as { readonly state: RunState } | undefined)?.state;
}

/** {@link insertRun} on its own, in no transaction of others. */
export type InsertRunAlone = (row: NewRunRow, how?: InsertRun) => Promise<RunState | undefined>;

/** Makes it: on PostgreSQL, runs that start at the same time are stored together. */
export function createRunInsert(database: Pick<Database, 'run' | 'kind'>): InsertRunAlone {
  const alone = async ({ row, how }: { readonly row: NewRunRow; readonly how: InsertRun }) => {
    const [inserted] = await database.run('flow-run-insert-2', insertText, valuesOf(row, how));
    return inserted?.['state'] as RunState | undefined;
  };
  // SQLite gathers all statements of one moment by itself.
  if (database.kind === 'sqlite') return (row, how = {}) => alone({ row, how });
  const insert = createBatches({
    alone,
    together: async (items) => {
      const rows = items.map(({ row, how }) => ({ ...row, may_be_refused: how.mayBeRefused ?? false }));
      const inserted = await database.run('flow-run-inserts-1', insertsText, [rowsAsOne(rows)]);
      const states = new Map(inserted.map(({ id, state }) => [id, state as RunState]));
      return items.map(({ row }) => states.get(row.id));
    },
    most: 100,
  });
  return (row, how = {}) => insert({ row, how });
}

function valuesOf(row: NewRunRow, { mayBeRefused = false }: InsertRun): readonly unknown[] {
  // One that has ended already is kept to be seen: it cannot be held.
  const app = row.finished_at === null ? row.app_id : '';
  return [app, row.flow_id, row.environment, ...runColumns.map(([name]) => row[name]), mayBeRefused];
}

/** Columns with how they are inserted: a run that is held is nobody's, whoever wanted it. */
const runColumns = [
  ['id', '?'],
  ['workspace_id', '?'],
  ['app_id', '?'],
  ['flow_id', '?'],
  ['version', '?'],
  ['environment', '?'],
  ['state', `case when exists (select 1 from paused) then 'held' else ? end`],
  ['trigger', '?'],
  ['user', '?'],
  ['is_dry_run', 'cast(? as boolean)'],
  ['depth', 'cast(? as integer)'],
  ['parent_id', '?'],
  ['parent_path', '?'],
  ['dedupe_key', '?'],
  ['priority', 'cast(? as integer)'],
  ['concurrency_key', '?'],
  ['concurrency_limit', 'cast(? as integer)'],
  ['rate_key', '?'],
  ['rate_limit', 'cast(? as integer)'],
  ['rate_period_ms', 'cast(? as bigint)'],
  ['fence', 'case when exists (select 1 from paused) then 0 else cast(? as integer) end'],
  ['claimed_by', 'case when exists (select 1 from paused) then null else ? end'],
  ['lease_until', 'case when exists (select 1 from paused) then null else cast(? as bigint) end'],
  ['wake_at', 'cast(? as bigint)'],
  ['is_woken', 'cast(? as boolean)'],
  ['is_cancel_requested', 'cast(? as boolean)'],
  ['vars', '?'],
  ['output', '?'],
  ['error', '?'],
  ['created_at', 'cast(? as bigint)'],
  ['started_at', 'case when exists (select 1 from paused) then null else cast(? as bigint) end'],
  ['finished_at', 'cast(? as bigint)'],
  ['origin', '?'],
  ['rerun_of', '?'],
  ['rerun_from', '?'],
  ['rerun_by', '?'],
] as const satisfies readonly (readonly [keyof NewRunRow, string])[];

/** Most runs have no key of theirs: those stand in no index of keys. */
const sameKey = '(flow_id, environment, dedupe_key) where dedupe_key is not null';

// Written out once: making it of its columns for every start costs more than the start itself. Whether the flow is paused
// is read in the same statement: a start comes before a pause, or after it.
const insertText = `with paused as (
  select pause_refuses from flow_control where app_id = ? and flow_id = ? and environment = ? and paused_at is not null
)
insert into flow_run (${runColumns.map(([column]) => `"${column}"`).join(', ')})
select ${runColumns.map(([, value]) => value).join(', ')}
where not (cast(? as boolean) and exists (select 1 from paused where pause_refuses))
on conflict ${sameKey} do nothing returning id, state`;

// The same for any number of runs, which come as one value.
const insertsText = `with placed as (
  select r.*, c.app_id is not null as is_paused, c.pause_refuses
  from json_to_recordset(?::json) as r(${runColumns.map(([column]) => `"${column}" ${typeOf(column)}`).join(', ')}, may_be_refused boolean)
  left join flow_control c on c.app_id = r.app_id and c.flow_id = r.flow_id and c.environment = r.environment
    and c.paused_at is not null and r.finished_at is null
)
insert into flow_run (${runColumns.map(([column]) => `"${column}"`).join(', ')})
select ${runColumns.map(([column]) => inPause(column)).join(', ')}
from placed where not (may_be_refused and is_paused and pause_refuses)
on conflict ${sameKey} do nothing returning id, state`;

function inPause(column: keyof NewRunRow): string {
  const held = { state: `'held'`, fence: '0', claimed_by: 'null', lease_until: 'null', started_at: 'null' };
  const value = (held as Partial<Record<keyof NewRunRow, string>>)[column];
  return value === undefined ? `"${column}"` : `case when is_paused then ${value} else "${column}" end`;
}

/** Inserts runs in one statement; those whose dedupe key is there already are left out. */
export const insertRuns = insertMany<NewRunRow>({
  table: 'flow_run',
  columns: Object.fromEntries(runColumns.map(([column]) => [column, typeOf(column)])) as Record<
    keyof NewRunRow,
    'text' | 'bigint' | 'boolean'
  >,
  onConflict: `${sameKey} do nothing`,
});

function typeOf(column: keyof NewRunRow): 'text' | 'bigint' | 'boolean' {
  if (column.startsWith('is_')) return 'boolean';
  const isNumber = /_at$|_until$|_ms$|_limit$|^(?:depth|priority|fence)$/.test(column);
  return isNumber ? 'bigint' : 'text';
}
