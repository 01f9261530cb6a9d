import type { Grant } from '@fettle/access';
import type { Clock } from '@fettle/base';
import type { FlowSourceInfo } from '@fettle/contract';
import type { Database } from '../../../database/database.ts';
import { appIdOf } from '../../../grants.ts';
import { listSourcesOf, type FlowSourceRow } from './sources.store.ts';

/** How the sources of an app's live release are. */
export class FlowSources {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
    this.#database = database;
    this.#clock = clock;
  }

  async list(grant: Grant): Promise<FlowSourceInfo[]> {
    const now = this.#clock.now();
    return (await listSourcesOf(this.#database.knex, appIdOf(grant))).map((row) => infoOf(row, now));
  }
}

function infoOf(row: FlowSourceRow, now: number): FlowSourceInfo {
  // Its owner is gone and nobody took it yet: what it said last is not so any more.
  const state = row.lease_until <= now ? 'waiting' : row.state;
  return {
    flow: row.flow_id,
    type: row.type,
    state,
    since: row.state_at,
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as NonNullable<FlowSourceInfo['error']> }),
    retryAt: state === 'failed' ? row.retry_at : null,
    ...(row.position === null ? {} : { position: row.position }),
    events: row.events,
    lastEventAt: row.last_event_at,
  };
}
