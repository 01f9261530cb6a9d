import { createId, type Json } from '@fettle/base';
import type { RunHead } from '@fettle/flow';
import type { StoreTransaction } from '../../../database/database.ts';
import { addReady } from './outbox.store.ts';
import type { RelaySignals } from './relay-signals.ts';
import type { StartOrder } from './start-orders.ts';
import { eventWatchOf, type EventWatch, type TriggerIndex } from './trigger-index.ts';
import type { EventType } from './trigger-types.ts';
import { listTriggersOf } from './triggers.store.ts';

/** Something that happened in Fettle. */
export interface Happening {
  readonly type: EventType;
  readonly workspaceId: string;
  /** Only flows of this app are told; absent: those of every app of the workspace. */
  readonly appId?: string;
  /** What flows get as their trigger. */
  readonly trigger: Readonly<Record<string, Json>>;
  readonly user?: RunHead['user'];
  /** How many flows started one another before it; 0 when absent. */
  readonly depth?: number;
  /** A flow of the same app whose name is given to the flow under `flow`. */
  readonly flow?: string;
  /** Flows that mean something else by their settings are left out. */
  readonly isMeant?: (watch: EventWatch) => boolean;
}

/** Where features tell what happened. */
export interface Happenings {
  /** Owes the starts of what happened in the transaction in which it does: both or neither. */
  tell(transaction: StoreTransaction, happening: Happening): Promise<void>;
}

/** Makes them. */
export function createHappenings({
  index,
  signals,
}: {
  readonly index: TriggerIndex;
  readonly signals: RelaySignals;
}): Happenings {
  return {
    async tell(transaction, happening) {
      const { type, workspaceId, appId, isMeant = () => true } = happening;
      // A publication changes what the index says in this very transaction. And the index may only be read outside of
      // one: SQLite has one connection.
      const known = type === 'core/release-published' ? undefined : index.eventsOf(workspaceId, type);
      const watches = known ?? (await listTriggersOf(transaction, workspaceId, type)).map(eventWatchOf);
      const meant = watches.filter((watch) => (appId === undefined || watch.appId === appId) && isMeant(watch));
      if (meant.length === 0) return;
      const orders = meant.map((watch) => orderOf(watch, happening));
      await addReady(transaction, [{ id: createId('owe', 20), content: JSON.stringify(orders) }]);
      // The relay finds nothing before the commit.
      void transaction.executionPromise.then(
        () => signals.owed(),
        () => undefined,
      );
    },
  };
}

function orderOf({ settings: _settings, ...flow }: EventWatch, happening: Happening): StartOrder {
  return {
    ...flow,
    trigger: happening.trigger,
    user: happening.user ?? null,
    depth: happening.depth ?? 0,
    ...(happening.flow === undefined ? {} : { about: happening.flow }),
  };
}

/** True when a setting that chooses kinds has chosen this one, or none. */
export function hasChosen(chosen: unknown, kind: string, usual?: readonly string[]): boolean {
  const list: readonly unknown[] = Array.isArray(chosen) && chosen.length > 0 ? chosen : (usual ?? [kind]);
  return list.includes(kind);
}
