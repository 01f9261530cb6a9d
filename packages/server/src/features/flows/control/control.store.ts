import type { Knex } from 'knex';

/** What can be paused. */
export interface FlowPlace {
  readonly app_id: string;
  readonly flow_id: string;
  readonly environment: 'development' | 'production';
}

/** How a flow is operated in an environment, as stored. Times are milliseconds since 1970. */
export interface ControlRow extends FlowPlace {
  readonly paused_at: number | null;
  readonly paused_by: string | null;
  readonly pause_note: string | null;
  readonly pause_refuses: boolean;
  readonly resumed_at: number | null;
}

/** How many runs one statement holds or lets go: short locks, however many there are. */
export const batchSize = 1000;

/** Flows of apps that are paused. */
export async function listPaused(knex: Knex, appIds: readonly string[]): Promise<readonly ControlRow[]> {
  if (appIds.length === 0) return [];
  const rows = (await knex('flow_control')
    .whereIn('app_id', [...appIds])
    .whereNotNull('paused_at')
    .orderBy('paused_at')) as unknown[];
  return rows.map(toControl);
}

/** Flows that were let go since a time: what was started at that very moment may still be held. */
export async function listResumedSince(knex: Knex, time: number): Promise<readonly FlowPlace[]> {
  return (await knex('flow_control')
    .whereNull('paused_at')
    .where('resumed_at', '>=', time)
    .select('app_id', 'flow_id', 'environment')) as FlowPlace[];
}

/** Pauses a flow. False when it is paused already: then only how it is changes. */
export async function savePause(
  knex: Knex,
  place: FlowPlace,
  pause: Omit<ControlRow, keyof FlowPlace | 'resumed_at'>,
): Promise<boolean> {
  const before = (await knex('flow_control').where(place).first('paused_at')) as { paused_at: unknown } | undefined;
  const isPaused = before !== undefined && before.paused_at !== null;
  const { paused_at, paused_by, ...how } = pause;
  await knex('flow_control')
    .insert({ ...place, ...pause, resumed_at: null })
    .onConflict(['app_id', 'flow_id', 'environment'])
    .merge(isPaused ? how : { ...how, paused_at, paused_by, resumed_at: null });
  return !isPaused;
}

/** Ends a pause. False when there is none. */
export async function endPause(knex: Knex, place: FlowPlace, now: number): Promise<boolean> {
  const changed = await knex('flow_control')
    .where({ ...place })
    .whereNotNull('paused_at')
    .update({ paused_at: null, paused_by: null, pause_note: null, pause_refuses: false, resumed_at: now });
  return changed > 0;
}

/** Holds runs of a paused flow that have not begun. Answers true when there may be more. */
export async function holdBatch(knex: Knex, place: FlowPlace): Promise<boolean> {
  const ids = (await knex('flow_run')
    .where({ ...place, fence: 0 })
    .whereNull('finished_at')
    .where((query) =>
      query.where({ state: 'queued' }).orWhere((held) => held.where({ state: 'held' }).whereNotNull('wake_at')),
    )
    .limit(batchSize)
    .pluck('id')) as string[];
  await knex('flow_run')
    .whereIn('id', ids)
    .where({ fence: 0 })
    .whereIn('state', ['queued', 'held'])
    .update({ state: 'held', wake_at: null, rate_at: null });
  return ids.length === batchSize;
}

/** Lets go of held runs of a flow that is no longer paused. Answers how many; fewer than {@link batchSize}: no more. */
export async function releaseBatch(knex: Knex, place: FlowPlace): Promise<number> {
  const ids = (await knex('flow_run')
    .where({ ...place, state: 'held' })
    .whereNull('wake_at')
    .limit(batchSize)
    .pluck('id')) as string[];
  if (ids.length === 0) return 0;
  // Paused again meanwhile: then they stay.
  return knex('flow_run')
    .whereIn('id', ids)
    .where({ state: 'held' })
    .whereNotExists((paused) =>
      paused
        .from('flow_control')
        .where({ ...place })
        .whereNotNull('paused_at')
        .select(knex.raw('1')),
    )
    .update({ state: 'queued' });
}

/** How many runs of an app's flows are held because their flow is paused. */
export async function countHeld(
  knex: Knex,
  appId: string,
): Promise<readonly (Omit<FlowPlace, 'app_id'> & { readonly count: number })[]> {
  const rows = (await knex('flow_run')
    .where({ app_id: appId, state: 'held' })
    .whereNull('wake_at')
    .groupBy('flow_id', 'environment')
    .select('flow_id', 'environment')
    .count({ count: '*' })) as (Omit<FlowPlace, 'app_id'> & { count: number | string })[];
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

// PostgreSQL sends 64-bit numbers as text, SQLite booleans as numbers.
function toControl(row: unknown): ControlRow {
  const read = row as ControlRow;
  const number = (value: number | null): number | null => (value === null ? null : Number(value));
  return {
    ...read,
    paused_at: number(read.paused_at),
    resumed_at: number(read.resumed_at),
    pause_refuses: Boolean(read.pause_refuses),
  };
}
