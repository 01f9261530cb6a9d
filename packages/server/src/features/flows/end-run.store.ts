import { createBatches } from '../../database/batches.ts';
import type { Database, StatementRow } from '../../database/database.ts';
import type { JournalRow } from './journal.store.ts';
import type { RunRow } from './runs.store.ts';

/** How a run ended. */
export type RunEnd = Pick<RunRow, 'state' | 'output' | 'error'> & {
  readonly finished_at: number;
  /** Undefined: as they were. */
  readonly vars: string | undefined;
};

/** What is known of a run that has just ended, as the database sends it. */
export type EndedRow = StatementRow &
  Pick<RunRow, 'app_id' | 'flow_id' | 'environment' | 'is_dry_run' | 'created_at' | 'started_at'>;

/** More entries than this go the longer way. */
export const mostEntriesAtEnd = 40;

/**
 * Ends a run under its fence, with the last entries of its journal, and wakes the run that waits for it: in one statement
 * of PostgreSQL, which is a transaction of its own. Answers the run; undefined when another worker holds it or it has ended.
 */
export type EndRun = (ending: Ending) => Promise<EndedRow | undefined>;

/** A run that is about to end, and who holds it. */
export interface Ending {
  readonly id: string;
  readonly fence: number;
  readonly end: RunEnd;
  readonly rows: readonly JournalRow[];
}

/** Makes it: runs that end at the same time do so together. */
export function createRunEnd(database: Pick<Database, 'run'>): EndRun {
  return createBatches<Ending, EndedRow | undefined>({
    alone: (ending) => endAlone(database, ending),
    together: async (endings) => {
      const text = JSON.stringify(endings.map(({ id, fence, end, rows }) => ({ id, fence, ...end, rows })));
      // Planned anew each time: a plan from when there were few runs would read the whole table for each batch.
      const ended = await database.run(undefined, togetherText, [text]);
      const rows = new Map(ended.map((row) => [row['id'], row as unknown as EndedRow]));
      return endings.map(({ id }) => rows.get(id));
    },
    most: 100,
  });
}

async function endAlone(
  database: Pick<Database, 'run'>,
  { id, fence, end, rows }: Ending,
): Promise<EndedRow | undefined> {
  const bindings: readonly unknown[] = [
    end.state,
    end.output,
    end.error,
    end.finished_at,
    end.vars ?? null,
    id,
    fence,
    ...rows.flatMap((row) => [
      row.run_id,
      row.path,
      row.scope,
      row.step_id,
      row.state,
      row.started_at,
      row.position,
      row.entry,
    ]),
  ];
  const [row] = await database.run(`flow-run-end-2-${rows.length}`, textFor(rows.length), bindings);
  return row as EndedRow | undefined;
}

const texts = new Map<number, string>();

function textFor(count: number): string {
  let text = texts.get(count);
  if (text === undefined) {
    text = textOf(count);
    texts.set(count, text);
  }
  return text;
}

function textOf(count: number): string {
  // The parent is asked for by a single value: as one of a list, the planner would read the whole table for it.
  const values = Array.from({ length: count }, () => '(?, ?, ?, ?, ?, ?::bigint, ?::bigint, ?)').join(', ');
  return `with held as (
  update flow_run set state = ?, output = ?, error = ?, finished_at = ?, vars = coalesce(?, vars),
    claimed_by = null, lease_until = null, wake_at = null
  where id = ? and fence = ? and state = 'running'
  returning parent_id, app_id, flow_id, environment, is_dry_run, created_at, started_at
)${
    count === 0
      ? ''
      : `, written as (
  insert into flow_journal (run_id, path, scope, step_id, state, started_at, position, entry)
  select entries.* from (values ${values}) as entries, held
  on conflict (run_id, path) do update set state = excluded.state, entry = excluded.entry
)`
  }, woken as (
  update flow_run set is_woken = true, state = case when state = 'waiting' then 'queued' else state end
  where id = (select parent_id from held) and state in ('running', 'waiting')
)
select app_id, flow_id, environment, is_dry_run, created_at, started_at from held`;
}

const togetherText = `with endings as materialized (
  select * from json_to_recordset(?::json) as e(id text, fence integer, state text, output text, error text,
    finished_at bigint, vars text, rows json)
), held as (
  update flow_run set state = endings.state, output = endings.output, error = endings.error,
    finished_at = endings.finished_at, vars = coalesce(endings.vars, flow_run.vars),
    claimed_by = null, lease_until = null, wake_at = null
  from endings
  where flow_run.id = endings.id and flow_run.fence = endings.fence and flow_run.state = 'running'
  returning flow_run.id, parent_id, app_id, flow_id, environment, is_dry_run, created_at, started_at
), written as (
  insert into flow_journal (run_id, path, scope, step_id, state, started_at, position, entry)
  select entries.* from endings join held on held.id = endings.id, json_to_recordset(endings.rows) as
    entries(run_id text, path text, scope text, step_id text, state text, started_at bigint, position bigint, entry text)
  on conflict (run_id, path) do update set state = excluded.state, entry = excluded.entry
), woken as (
  update flow_run set is_woken = true, state = case when state = 'waiting' then 'queued' else state end
  where id = any(array(select parent_id from held where parent_id is not null)) and state in ('running', 'waiting')
)
select id, app_id, flow_id, environment, is_dry_run, created_at, started_at from held`;
