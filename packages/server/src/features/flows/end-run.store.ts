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
export async function endRun(
  database: Pick<Database, 'run'>,
  held: { readonly id: string; readonly fence: number },
  end: RunEnd,
  rows: readonly JournalRow[],
): Promise<EndedRow | undefined> {
  const bindings: readonly unknown[] = [
    end.state,
    end.output,
    end.error,
    end.finished_at,
    end.vars ?? null,
    held.id,
    held.fence,
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
