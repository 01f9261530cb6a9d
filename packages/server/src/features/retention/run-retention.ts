import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@fettle/base';
import type { Database } from '../../database/database.ts';
import { listRetention, type RetentionRule } from '../flows/control/retention.store.ts';
import {
  deleteDrafts,
  deleteRuns,
  endOfNewest,
  nextGroup,
  type EndedGroup,
  type RunGroup,
} from './run-retention.store.ts';

/** How long runs of flows are kept where their flow says nothing, in days. 0 keeps them for good. */
export interface RunPeriods {
  readonly runDays: number;
  readonly trialRunDays: number;
}

const dayMs = 86_400_000;
/** The longest period of a limit of starts: until then a run counts. */
const longestPeriodMs = dayMs;
const states = ['succeeded', 'failed', 'cancelled'] as const;

/** What a round needs. */
export interface RunRetention {
  readonly database: Database;
  readonly clock: Clock;
  readonly periods: RunPeriods;
  /** A round ends after so long; what is left over goes in the next one. */
  readonly budgetMs?: number;
}

/**
 * Removes runs that have been kept long enough, and drafts that no run needs any more. It works at most half of the time:
 * between two batches everybody else has theirs.
 */
export async function sweepRuns({ database, clock, periods, budgetMs = 60_000 }: RunRetention): Promise<void> {
  const { knex } = database;
  const end = performance.now() + budgetMs;
  const inTurns = async (remove: () => Promise<boolean>): Promise<void> => {
    for (let hasMore = true; hasMore && performance.now() < end;) {
      const began = performance.now();
      hasMore = await remove();
      if (hasMore) await pause(performance.now() - began);
    }
  };
  const now = clock.now();
  const rules = new Map((await listRetention(knex)).map((rule) => [`${rule.appId} ${rule.flowId}`, rule.retention]));
  let group: RunGroup | undefined;
  while ((group = await nextGroup(knex, group)) !== undefined && performance.now() < end) {
    for (const state of states) {
      const ended: EndedGroup = { ...group, state };
      const before = await cutOf(ended, keptOf(ended, rules, periods), { database, now });
      if (before === undefined) continue;
      await inTurns(() => deleteRuns(knex, ended, { before, countsSince: now - longestPeriodMs }));
    }
  }
  // A run that is being started has had its draft kept just now.
  await inTurns(() => deleteDrafts(knex, now - dayMs));
}

type Kept = NonNullable<RetentionRule['retention']['failed']>;

/** Cancelled runs are kept like those that succeeded: there is nothing to be done about them. */
function keptOf(
  { app_id, flow_id, environment, state }: EndedGroup,
  rules: ReadonlyMap<string, RetentionRule['retention']>,
  periods: RunPeriods,
): Kept {
  const usual = environment === 'production' ? periods.runDays : periods.trialRunDays;
  const rule = environment === 'production' ? rules.get(`${app_id} ${flow_id}`) : undefined;
  const kept = rule?.[state === 'failed' ? 'failed' : 'succeeded'];
  return kept ?? (usual > 0 ? { days: usual } : {});
}

/** Runs of the group that ended before this go; undefined: none. */
async function cutOf(
  group: EndedGroup,
  { days, count }: Kept,
  { database, now }: { readonly database: Database; readonly now: number },
): Promise<number | undefined> {
  const cuts = [
    days === undefined ? undefined : now - days * dayMs,
    count === undefined ? undefined : await endOfNewest(database.knex, group, count),
  ].filter((cut) => cut !== undefined);
  return cuts.length === 0 ? undefined : Math.max(...cuts);
}
