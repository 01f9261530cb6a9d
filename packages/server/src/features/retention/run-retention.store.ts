import type { Knex } from 'knex';

/** Runs of a flow in an environment. */
export interface RunGroup {
  readonly app_id: string;
  readonly flow_id: string;
  readonly environment: 'development' | 'production';
}

/** How a run of a group ended. */
export type EndedGroup = RunGroup & { readonly state: 'succeeded' | 'failed' | 'cancelled' };

/** Runs, and rows of their journals, that one statement removes. */
const runsAtOnce = 100;
const entriesAtOnce = 1000;

/** The group behind one in the order of the index: each costs one look, however many runs it has. */
export async function nextGroup(knex: Knex, after: RunGroup | undefined): Promise<RunGroup | undefined> {
  const query = knex('flow_run').whereNotNull('finished_at');
  if (after !== undefined) {
    query.whereRaw('(app_id, flow_id, environment) > (?, ?, ?)', [after.app_id, after.flow_id, after.environment]);
  }
  return (await query.orderBy(['app_id', 'flow_id', 'environment']).first('app_id', 'flow_id', 'environment')) as
    | RunGroup
    | undefined;
}

/** When the `count`-th newest run of a group ended; undefined when there are not so many. */
export async function endOfNewest(knex: Knex, group: EndedGroup, count: number): Promise<number | undefined> {
  const row = (await knex('flow_run')
    .where({ ...group })
    .whereNotNull('finished_at')
    .orderBy('finished_at', 'desc')
    .offset(count - 1)
    .first('finished_at')) as { finished_at: number | string } | undefined;
  return row === undefined ? undefined : Number(row.finished_at);
}

/**
 * Removes some runs of a group that ended before a time, their journals first, in small statements. Runs stay that one
 * under way waits for, and those that still count for a limit of starts. Answers true when there may be more.
 */
export async function deleteRuns(
  knex: Knex,
  group: EndedGroup,
  { before, countsSince }: { readonly before: number; readonly countsSince: number },
): Promise<boolean> {
  const ids = (await knex('flow_run')
    .where({ ...group })
    .where('finished_at', '<', before)
    .where((free) => free.whereNull('rate_at').orWhere('rate_at', '<', countsSince))
    .whereNotExists((parent) =>
      parent
        .from('flow_run as parent')
        .whereRaw('parent.id = flow_run.parent_id')
        .whereNull('parent.finished_at')
        .select(knex.raw('1')),
    )
    .orderBy('finished_at')
    .limit(runsAtOnce)
    .pluck('id')) as string[];
  if (ids.length === 0) return false;
  await empty(knex, 'flow_journal', 'path', ids);
  await empty(knex, 'flow_value', 'hash', ids);
  await knex('flow_run').whereIn('id', ids).delete();
  return ids.length === runsAtOnce;
}

async function empty(knex: Knex, table: string, key: string, runs: readonly string[]): Promise<void> {
  for (;;) {
    const some = knex(table)
      .whereIn('run_id', [...runs])
      .limit(entriesAtOnce)
      .select('run_id', key);
    if ((await knex(table).whereIn(['run_id', key], some).delete()) < entriesAtOnce) return;
  }
}

/** Removes some drafts that were kept for runs which are gone. Answers true when there may be more. */
export async function deleteDrafts(knex: Knex, before: number): Promise<boolean> {
  const rows = (await knex('flow_draft')
    .where('created_at', '<', before)
    .whereNotExists((run) =>
      run
        .from('flow_run')
        .whereRaw('flow_run.app_id = flow_draft.app_id and flow_run.version = flow_draft.version')
        .where({ environment: 'development' })
        .select(knex.raw('1')),
    )
    .limit(runsAtOnce)
    .select('app_id', 'version')) as { app_id: string; version: string }[];
  if (rows.length === 0) return false;
  await knex('flow_draft')
    .whereIn(
      ['app_id', 'version'],
      rows.map(({ app_id, version }) => [app_id, version]),
    )
    .where('created_at', '<', before)
    .delete();
  return rows.length === runsAtOnce;
}
