import { lastTick, parseSchedule } from '@fettle/flow';
import type { StoreAccess } from '../../../database/database.ts';
import type { AlertRow, FiringRow } from './alerts.store.ts';
import {
  findFailures,
  findLastFailure,
  findLongUnderWay,
  findQueued,
  hasSucceededSince,
  hasTicked,
  listWatchedSchedules,
} from './conditions.store.ts';

/** A flow of which an alert holds. */
export interface Holding {
  readonly flowId: string;
  readonly count: number;
  /** When it was last so, in milliseconds since 1970. */
  readonly at: number;
  /** In words, for people. */
  readonly message: string;
}

/** What a look at an alert found. */
export interface Look {
  readonly holding: readonly Holding[];
  /** True when it does not hold any more of a flow of which it did. */
  hasEnded(firing: FiringRow): Promise<boolean>;
}

const minuteMs = 60_000;

/** Looks whether an alert holds, from where it was looked at last until `until`. */
export async function lookAtAlert(knex: StoreAccess, alert: AlertRow, until: number): Promise<Look> {
  const of = { appId: alert.app_id, flowId: alert.flow_id };
  const before = until - alert.minutes * minuteMs;
  switch (alert.kind) {
    case 'failure': {
      const found = await findFailures(knex, { ...of, after: alert.looked_until, until });
      const holding: Holding[] = [];
      for (const { flow_id, count, at } of found) {
        const last = await findLastFailure(knex, alert.app_id, flow_id);
        holding.push({ flowId: flow_id, count, at, message: reasonOf(last) });
      }
      return look(holding, (firing) => hasSucceededSince(knex, alert.app_id, firing.flow_id, firing.last_at));
    }
    case 'failures': {
      const found = await findFailures(knex, { ...of, after: Math.max(before, alert.created_at), until });
      return look(
        found
          .filter(({ count }) => count >= alert.count)
          .map(({ flow_id: flowId, count, at }) => ({
            flowId,
            count,
            at,
            message: `${count} runs failed in ${durationText(alert.minutes)}.`,
          })),
      );
    }
    case 'slow-queue': {
      const found = await findQueued(knex, { ...of, before });
      return look(
        found.map(({ flow_id: flowId, count, at }) => ({
          flowId,
          count,
          at: until,
          message: `${runs(count)} queued for more than ${durationText(alert.minutes)}, the oldest since ${timeText(at)}.`,
        })),
      );
    }
    case 'long-duration': {
      const found = await findLongUnderWay(knex, { ...of, before });
      return look(
        found.map(({ flow_id: flowId, count, at }) => ({
          flowId,
          count,
          at: until,
          message: `${runs(count)} under way for more than ${durationText(alert.minutes)}, the oldest since ${timeText(at)}.`,
        })),
      );
    }
    case 'missed-schedule':
      return lookAtSchedules(knex, alert, until);
  }
}

/** A tick is missed when its run was not started in time: late, never, or while nothing of Fettle was running. */
async function lookAtSchedules(knex: StoreAccess, alert: AlertRow, until: number): Promise<Look> {
  const late = alert.minutes * minuteMs;
  const holding: Holding[] = [];
  const onTime = new Set<string>();
  const of = { appId: alert.app_id, flowId: alert.flow_id };
  for (const { flow_id: flowId, settings, since } of await listWatchedSchedules(knex, of)) {
    const schedule = parseSchedule(JSON.parse(settings));
    if (!schedule.ok) continue;
    const floor = Math.max(alert.looked_until - late, since, alert.created_at);
    if (floor >= until - late) continue;
    const tick = lastTick(schedule.value, until - late + 1, { floor });
    if (tick === undefined) continue;
    const dedupeKey = `${alert.app_id} tick ${alert.app_id} ${new Date(tick).toISOString()}`;
    if (await hasTicked(knex, { flowId, dedupeKey, by: tick + late })) onTime.add(flowId);
    else
      holding.push({
        flowId,
        count: 1,
        at: tick,
        message: `It was due at ${timeText(tick)} and did not begin in time.`,
      });
  }
  return look(holding, (firing) => Promise.resolve(onTime.has(firing.flow_id)));
}

function look(holding: readonly Holding[], ended: Look['hasEnded'] = () => Promise.resolve(true)): Look {
  return {
    holding,
    hasEnded: async (firing) =>
      holding.some(({ flowId }) => flowId === firing.flow_id) ? Promise.resolve(false) : ended(firing),
  };
}

function reasonOf(failure: { readonly error: string | null } | undefined): string {
  if (failure === undefined || failure.error === null) return 'It failed.';
  return (JSON.parse(failure.error) as { readonly message: string }).message;
}

const runs = (count: number): string => (count === 1 ? 'One run has been' : `${count} runs have been`);
const timeText = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function durationText(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'a day' : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
