import type { Knex } from 'knex';
import type { Database } from '../../../database/database.ts';
import { columnsAsOne, insertMany } from '../../../database/insert-many.ts';

/** A schedule of a live release as stored. Times are milliseconds since 1970. */
export interface ScheduleRow {
  readonly app_id: string;
  readonly flow_id: string;
  readonly environment: 'production';
  readonly release_id: string;
  readonly settings: string;
  readonly last_at: number;
  readonly next_at: number | null;
  readonly dropped_from: number | null;
  readonly dropped_to: number | null;
}

/** A due schedule, with the workspace of its app and, on PostgreSQL, where its row lies as long as it is locked. */
export type DueSchedule = ScheduleRow & Placed & { readonly workspace_id: string };

interface Placed {
  readonly place?: string;
}

const key = ['app_id', 'flow_id', 'environment'] as const;
const columns = ['last_at', 'next_at', 'dropped_from', 'dropped_to'] as const;

/** A paused flow makes no ticks. Its schedule stays where it was, so that it makes up for them as it says afterwards. */
const isNotPaused = `not exists (select 1 from flow_control c where c.app_id = flow_schedule.app_id
  and c.flow_id = flow_schedule.flow_id and c.environment = flow_schedule.environment and c.paused_at is not null)`;

/** Schedules of releases that are live, and due. */
function due(knex: Knex, now: number): Knex.QueryBuilder {
  return knex('flow_schedule')
    .join('app', 'app.id', 'flow_schedule.app_id')
    .where('flow_schedule.next_at', '<=', now)
    .whereRaw('app.live_release_id = flow_schedule.release_id')
    .whereRaw(isNotPaused)
    .orderBy('flow_schedule.next_at');
}

/** A live release with due schedules. */
export interface DueRelease {
  readonly release_id: string;
  readonly app_id: string;
  /** How many, as far as they are among those that were asked for. */
  readonly schedules: number;
  /** The latest time that one of them is due. */
  readonly until: number;
}

/** The releases of the `limit` schedules that have been due for longest, locked by nobody. */
export async function listDueReleases(knex: Knex, now: number, limit: number): Promise<readonly DueRelease[]> {
  const first = due(knex, now)
    .limit(limit)
    .select('flow_schedule.release_id', 'flow_schedule.app_id', 'flow_schedule.next_at')
    .as('first');
  const rows = (await knex
    .from(first)
    .groupBy('release_id', 'app_id')
    .select('release_id', 'app_id')
    .count({ schedules: '*' })
    .max({ until: 'next_at' })) as Record<keyof DueRelease, string>[];
  return rows.map((row) => ({ ...row, schedules: Number(row.schedules), until: Number(row.until) }));
}

/** Schedules that were taken, and releases of which some were passed over: their app is being published. */
export interface TakenSchedules {
  readonly due: readonly DueSchedule[];
  readonly passedOver: readonly string[];
}

/**
 * Schedules of some releases that are due until a time, in no order: putting all that are due in order takes longer than
 * taking some. Those of other releases must not stand in their way, however many are due. They are locked until the
 * transaction ends; what another process holds is passed over. So is what belongs to an app that is being published: runs
 * refer to their app, and waiting for it while its publisher waits for us would be a deadlock. SQLite's transactions take
 * turns anyway.
 */
export async function takeDueSchedules(
  transaction: Knex.Transaction,
  { releases, until }: { readonly releases: readonly string[]; readonly until: number },
  { limit, isShared }: { readonly limit: number; readonly isShared: boolean },
): Promise<TakenSchedules> {
  if (!isShared) {
    const rows = (await due(transaction, until)
      .whereIn('flow_schedule.release_id', [...releases])
      .limit(limit)
      .select('flow_schedule.*', 'app.workspace_id')) as unknown[];
    return { due: rows.map(toRow), passedOver: [] };
  }
  const { rows } = (await transaction.raw(
    `select flow_schedule.*, flow_schedule.ctid::text as place, a.workspace_id
     from flow_schedule join app a on a.id = flow_schedule.app_id
     where flow_schedule.next_at <= ? and a.live_release_id = flow_schedule.release_id and ${isNotPaused}
       and flow_schedule.release_id = any(?)
     limit ?
     for update of flow_schedule skip locked`,
    [until, [...releases], limit],
  )) as { rows: unknown[] };
  const taken = rows.map(toRow);
  const live = await lockLive(transaction, new Set(taken.map((row) => row.app_id)));
  const isLive = (row: DueSchedule): boolean => live.get(row.app_id) === row.release_id;
  const passedOver = new Set(taken.filter((row) => !isLive(row)).map((row) => row.release_id));
  return { due: taken.filter(isLive), passedOver: [...passedOver] };
}

/**
 * The live releases of apps that nobody is publishing, locked against that until the transaction ends. Locking an app along
 * with each of its schedules takes as long as the rest of the look.
 */
async function lockLive(
  transaction: Knex.Transaction,
  appIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = (await transaction.raw(
    'select id, live_release_id from app where id = any(?) for key share skip locked',
    [[...appIds]],
  )) as { rows: { id: string; live_release_id: string | null }[] };
  return new Map(rows.map(({ id, live_release_id: release }) => [id, release]));
}

/**
 * Writes when schedules that are there are due next, and what of them was left out. Those with a place are found by it: the
 * transaction that read it holds their locks.
 */
export async function moveSchedules(
  knex: Knex,
  kind: Database['kind'],
  rows: readonly (ScheduleRow & Placed)[],
): Promise<void> {
  if (rows.length === 0) return;
  const by = rows.every((row) => row.place !== undefined) ? 'place' : 'key';
  await knex.raw(moveText[kind === 'sqlite' ? 'sqlite' : by], [columnsAsOne(rows, [...columnsOf[by], ...columns])]);
}

const columnsOf = { key, place: ['place'] } as const;

const movedIn = (by: keyof typeof columnsOf, type: string): string =>
  `json_to_recordset(?::json) as m(${[...columnsOf[by].map((name) => `${name} ${type}`), ...columns.map((name) => `${name} bigint`)].join(', ')})`;
const moveFrom = (rows: string, isSame: string): string =>
  `update flow_schedule set ${columns.map((name) => `${name} = m.${name}`).join(', ')} from ${rows} where ${isSame}`;
const sameKey = key.map((name) => `flow_schedule.${name} = m.${name}`).join(' and ');
const moveText = {
  key: moveFrom(movedIn('key', 'text'), sameKey),
  place: moveFrom(movedIn('place', 'tid'), 'flow_schedule.ctid = m.place'),
  sqlite: moveFrom(
    `(select ${[...key, ...columns].map((name) => `value ->> '${name}' as ${name}`).join(', ')} from json_each(?)) as m`,
    sameKey,
  ),
};

/** Writes schedules, whether they are there or not. */
export const saveSchedules = insertMany<ScheduleRow>({
  table: 'flow_schedule',
  columns: {
    app_id: 'text',
    flow_id: 'text',
    environment: 'text',
    release_id: 'text',
    settings: 'text',
    last_at: 'bigint',
    next_at: 'bigint',
    dropped_from: 'bigint',
    dropped_to: 'bigint',
  },
  onConflict: `(${key.join(', ')}) do update set
    ${[...columns, 'release_id', 'settings'].map((name) => `${name} = excluded.${name}`).join(', ')}`,
});

export async function listSchedulesOf(knex: Knex, appId: string): Promise<readonly ScheduleRow[]> {
  return ((await knex('flow_schedule').where({ app_id: appId })) as unknown[]).map(toRow);
}

/** Removes an app's schedules except those of some flows. */
export async function deleteSchedulesExcept(knex: Knex, appId: string, flowIds: readonly string[]): Promise<void> {
  await knex('flow_schedule')
    .where({ app_id: appId })
    .whereNotIn('flow_id', [...flowIds])
    .delete();
}

/** Notes which release the schedules of an app are those of. */
export async function noteScheduledRelease(knex: Knex, appId: string, releaseId: string | null): Promise<void> {
  await knex('app').where({ id: appId }).update({ scheduled_release_id: releaseId });
}

/** Apps whose schedules are not those of their live release: published by an older version, or before an upgrade. */
export async function listUnscheduledApps(knex: Knex, limit: number): Promise<readonly string[]> {
  return (await knex('app')
    .whereRaw(`coalesce(live_release_id, '') <> coalesce(scheduled_release_id, '')`)
    .limit(limit)
    .pluck('id')) as string[];
}

/** The releases, `limit` at most, that have schedules due after `from` and until `until`. */
export async function listComingReleases(
  knex: Knex,
  { from, until, limit }: { readonly from: number; readonly until: number; readonly limit: number },
): Promise<readonly string[]> {
  return (await knex('flow_schedule')
    .where('next_at', '>', from)
    .where('next_at', '<=', until)
    .distinct('release_id')
    .limit(limit)
    .pluck('release_id')) as string[];
}

/** When the next schedule is due. */
export async function nextDueAt(knex: Knex): Promise<number | undefined> {
  const row = (await knex('flow_schedule')
    .whereNotNull('next_at')
    .whereRaw(isNotPaused)
    .orderBy('next_at')
    .first('next_at')) as { next_at: number | string } | undefined;
  return row === undefined ? undefined : Number(row.next_at);
}

/** Schedules that were last looked at in the future: the clock was wrong then. */
export async function listSchedulesAhead(knex: Knex, time: number): Promise<readonly ScheduleRow[]> {
  return ((await knex('flow_schedule').where('last_at', '>', time).limit(1000)) as unknown[]).map(toRow);
}

// PostgreSQL sends 64-bit numbers as text. They are put right in place: of thousands of rows, copies are what takes the time.
function toRow(row: unknown): DueSchedule {
  const read = row as Record<string, unknown>;
  for (const name of columns) if (typeof read[name] === 'string') read[name] = Number(read[name]);
  return row as DueSchedule;
}
