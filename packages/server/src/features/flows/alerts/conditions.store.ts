import type { Knex } from 'knex';

/** What alerts look at: the live app's runs, never trials. */
interface Looked {
  readonly appId: string;
  /** Null: every flow of the app. */
  readonly flowId: string | null;
}

/** Runs of one flow that something is to be said about. */
export interface Found {
  readonly flow_id: string;
  readonly count: number;
  /** The last or the oldest of them, by what was asked. */
  readonly at: number;
}

function liveRuns(knex: Knex, { appId, flowId }: Looked): Knex.QueryBuilder {
  const query = knex('flow_run').where({ app_id: appId, environment: 'production', is_dry_run: false });
  return flowId === null ? query : query.where({ flow_id: flowId });
}

/** Flows with runs that failed after a time and until another one. One that another run waits for is that one's. */
export async function findFailures(
  knex: Knex,
  of: Looked & { readonly after: number; readonly until: number },
): Promise<readonly Found[]> {
  const rows = (await liveRuns(knex, of)
    .where({ state: 'failed' })
    .whereNull('parent_id')
    .where('finished_at', '>', of.after)
    .where('finished_at', '<=', of.until)
    .groupBy('flow_id')
    .select('flow_id')
    .count({ count: '*' })
    .max({ at: 'finished_at' })) as Found[];
  return rows.map(toFound);
}

/** Why the last run of a flow failed, and which it was. */
export async function findLastFailure(
  knex: Knex,
  appId: string,
  flowId: string,
): Promise<{ readonly id: string; readonly error: string | null } | undefined> {
  return (await liveRuns(knex, { appId, flowId })
    .where({ state: 'failed' })
    .whereNull('parent_id')
    .orderBy('finished_at', 'desc')
    .first('id', 'error')) as { id: string; error: string | null } | undefined;
}

/** True when a run of a flow succeeded after a time. */
export async function hasSucceededSince(knex: Knex, appId: string, flowId: string, time: number): Promise<boolean> {
  const row: unknown = await liveRuns(knex, { appId, flowId })
    .where({ state: 'succeeded' })
    .where('finished_at', '>', time)
    .first('id');
  return row !== undefined;
}

/** Flows with runs that are queued, though nothing keeps them, since before a time. */
export async function findQueued(knex: Knex, of: Looked & { readonly before: number }): Promise<readonly Found[]> {
  const rows = (await liveRuns(knex, of)
    .where({ state: 'queued', fence: 0 })
    .where('created_at', '<', of.before)
    .groupBy('flow_id')
    .select('flow_id')
    .count({ count: '*' })
    .min({ at: 'created_at' })) as Found[];
  return rows.map(toFound);
}

/** Flows with runs that have been under way since before a time. */
export async function findLongUnderWay(
  knex: Knex,
  of: Looked & { readonly before: number },
): Promise<readonly Found[]> {
  const rows = (await liveRuns(knex, of)
    .whereIn('state', ['running', 'waiting', 'queued'])
    .where('started_at', '<', of.before)
    .groupBy('flow_id')
    .select('flow_id')
    .count({ count: '*' })
    .min({ at: 'started_at' })) as Found[];
  return rows.map(toFound);
}

/** A schedule of the live app that is not paused, and since when its ticks count. */
export interface WatchedSchedule {
  readonly flow_id: string;
  readonly settings: string;
  readonly since: number;
}

/** Schedules of the live app. Ticks from before they were published or resumed were nobody's. */
export async function listWatchedSchedules(knex: Knex, { appId, flowId }: Looked): Promise<readonly WatchedSchedule[]> {
  const rows = (await knex('flow_schedule')
    .join('app', 'app.id', 'flow_schedule.app_id')
    .join('release', 'release.id', 'flow_schedule.release_id')
    .leftJoin('flow_control', (join) =>
      join
        .on('flow_control.app_id', 'flow_schedule.app_id')
        .andOn('flow_control.flow_id', 'flow_schedule.flow_id')
        .andOn('flow_control.environment', 'flow_schedule.environment'),
    )
    .where({ 'flow_schedule.app_id': appId, ...(flowId === null ? {} : { 'flow_schedule.flow_id': flowId }) })
    .whereRaw('app.live_release_id = flow_schedule.release_id')
    .whereNull('flow_control.paused_at')
    .select('flow_schedule.flow_id', 'flow_schedule.settings', 'release.published_at', 'flow_control.resumed_at')) as {
    flow_id: string;
    settings: string;
    published_at: string;
    resumed_at: number | string | null;
  }[];
  return rows.map(({ flow_id, settings, published_at, resumed_at }) => ({
    flow_id,
    settings,
    since: Math.max(Date.parse(published_at), Number(resumed_at ?? 0)),
  }));
}

/** True when a tick of a schedule started its run by a time. */
export async function hasTicked(
  knex: Knex,
  tick: { readonly flowId: string; readonly dedupeKey: string; readonly by: number },
): Promise<boolean> {
  const row = (await knex('flow_run')
    .where({ flow_id: tick.flowId, environment: 'production', dedupe_key: tick.dedupeKey })
    .first('created_at')) as { created_at: number | string } | undefined;
  return row !== undefined && Number(row.created_at) <= tick.by;
}

const toFound = ({ flow_id, count, at }: Found): Found => ({ flow_id, count: Number(count), at: Number(at) });
