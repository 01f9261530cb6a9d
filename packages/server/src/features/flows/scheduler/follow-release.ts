import type { App } from '@fettle/definition';
import { nextTick, parseSchedule, scheduleTrigger } from '@fettle/flow';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import {
  deleteSchedulesExcept,
  listSchedulesOf,
  noteScheduledRelease,
  saveSchedules,
  type ScheduleRow,
} from './schedules.store.ts';

/** What an app's live release became. */
export interface LiveRelease {
  readonly appId: string;
  /** Absent when the app is no longer published. */
  readonly release: { readonly id: string; readonly app: App } | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly kind: Database['kind'];
}

/**
 * Makes the schedules of an app those of its live release, in the transaction that makes it live: there is no moment at
 * which an older one fires. A schedule whose settings stay goes on where it was; a changed or new one begins now.
 */
export async function followRelease(transaction: StoreTransaction, live: LiveRelease): Promise<void> {
  const { appId, release } = live;
  const known = new Map((await listSchedulesOf(transaction, appId)).map((row) => [row.flow_id, row]));
  const rows = release === undefined ? [] : schedulesOf({ ...live, release }, known);
  await deleteSchedulesExcept(
    transaction,
    appId,
    rows.map(({ flow_id }) => flow_id),
  );
  await saveSchedules(transaction, live.kind, rows);
  await noteScheduledRelease(transaction, appId, release?.id ?? null);
}

function schedulesOf(
  { appId, release, now }: LiveRelease & { readonly release: { readonly id: string; readonly app: App } },
  known: ReadonlyMap<string, ScheduleRow>,
): readonly ScheduleRow[] {
  return Object.values(release.app.flows).flatMap((flow) => {
    if (flow.disabled === true || flow.trigger.type !== scheduleTrigger) return [];
    const parsed = parseSchedule(flow.trigger.settings);
    // Publishing refuses them; one from before that rule does not fire.
    if (!parsed.ok) return [];
    const settings = JSON.stringify(flow.trigger.settings);
    const before = known.get(flow.id);
    if (before?.settings === settings) return [{ ...before, release_id: release.id }];
    const facts = { app_id: appId, flow_id: flow.id, environment: 'production' as const, release_id: release.id };
    const next = nextTick(parsed.value, now) ?? null;
    return [{ ...facts, settings, last_at: now, next_at: next, dropped_from: null, dropped_to: null }];
  });
}
