import type { Clock } from '@fettle/base';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { WatchedWrites } from '../../tables/watched-writes.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { createRelaySignals, type RelaySignals } from './relay-signals.ts';
import { RowWatching } from './row-watch.ts';
import { TriggerIndex } from './trigger-index.ts';

/** What knows, in this process, what starts by which change. Needs no other feature, so that all can tell it. */
export interface Triggering {
  readonly index: TriggerIndex;
  readonly relaySignals: RelaySignals;
  readonly watched: WatchedWrites;
  readonly happenings: Happenings;
}

/** Makes it. */
export function createTriggering(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): Triggering {
  const index = new TriggerIndex(options.database);
  const relaySignals = createRelaySignals();
  return {
    index,
    relaySignals,
    watched: new RowWatching({ ...options, index, signals: relaySignals }),
    happenings: createHappenings({ index, signals: relaySignals }),
  };
}
