import { createHash } from 'node:crypto';
import { canonicalJson, createId, type Clock, type Json } from '@fettle/base';
import type { Row, RowKey } from '@fettle/sdk';
import type { CapturedChange, OutboxEntry, WriteOptions } from '@fettle/sdk/server';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { ReadyTable, TableCall } from '../../tables/tables.service.ts';
import type { WatchedWrites } from '../../tables/watched-writes.ts';
import { addPending, confirmBatch, doubtBatch } from './outbox.store.ts';
import type { RelaySignals } from './relay-signals.ts';
import { startsOfChange } from './row-starts.ts';
import type { RowWatch, TriggerIndex } from './trigger-index.ts';

/** How to find out whether a write to a foreign database happened. */
export interface Evidence {
  readonly workspaceId: string;
  readonly dataSource: string;
  readonly environment: 'development' | 'production';
  readonly table: string;
  readonly kind: CapturedChange['kind'];
  readonly key: CapturedChange['key'];
  /** Of the row before the write; null for a new one. */
  readonly before: string | null;
  /** Of a new row's values by column: a key that a rolled back row had can be another row's by now. */
  readonly values?: Readonly<Record<string, string>>;
  /** Until then the write may still be committed. Milliseconds since 1970. */
  readonly openUntil: number;
}

/** What watching needs. */
export interface RowWatchOptions {
  readonly database: Database;
  readonly index: TriggerIndex;
  readonly signals: RelaySignals;
  readonly clock: Clock;
  readonly log: Log;
}

/** A write that is not confirmed by then is looked into, in milliseconds. One whose commit takes longer still counts. */
const doubtMs = 5_000;

/**
 * Watches writes to tables. Starts are kept in the transaction of the rows where these are Fettle's own; for foreign
 * databases they are noted in the metadata before the commit and confirmed after it, and whatever stays unconfirmed is
 * looked into. Why: docs/decisions/0014-starts-by-changed-rows.md.
 */
export class RowWatching implements WatchedWrites {
  readonly #options: RowWatchOptions;

  constructor(options: RowWatchOptions) {
    this.#options = options;
  }

  run<T>(call: TableCall, ready: ReadyTable, write: (options: WriteOptions) => Promise<T>): Promise<T> {
    const { source, table } = ready;
    // What is tried in development does not start what is live, unless both are the same tables.
    if (!source.servesProduction || ready.tables.capturesChanges !== true) return write(ready.options);
    const watches = this.#options.index.rowsOf(source.id, table.id);
    if (watches === undefined) return write(ready.options);
    if (!(watches instanceof Promise)) return this.#watched(call, ready, { watches, write });
    return watches.then((found) =>
      found === undefined ? write(ready.options) : this.#watched(call, ready, { watches: found, write }),
    );
  }

  #watched<T>(call: TableCall, ready: ReadyTable, given: Given<T>): Promise<T> {
    const entriesOf = (changes: readonly CapturedChange[]): readonly KeptEntry[] =>
      this.#entriesOf(changes, { call, ready, watches: given.watches });
    return ready.source.session.outbox === undefined
      ? this.#noted(ready, given.write, entriesOf)
      : this.#kept(ready, given.write, entriesOf);
  }

  /** The rows are Fettle's own: the starts are kept with them. */
  async #kept<T>(ready: ReadyTable, write: Given<T>['write'], entriesOf: EntriesOf): Promise<T> {
    let hasEntries = false;
    const answer = await write({
      ...ready.options,
      capture: {
        beforeCommit: (changes) => {
          const entries = entriesOf(changes);
          hasEntries = entries.length > 0;
          return Promise.resolve(entries.map(({ id, content }) => ({ id, content })));
        },
      },
    });
    if (hasEntries)
      this.#options.signals.owed(ready.source.session.outbox?.isShared === true ? undefined : ready.source);
    return answer;
  }

  /** The rows are in a foreign database: the starts are noted before it commits, and confirmed after. */
  async #noted<T>(ready: ReadyTable, write: Given<T>['write'], entriesOf: EntriesOf): Promise<T> {
    const { database, clock, signals, log } = this.#options;
    const batch = createId('bat', 20);
    let noted: readonly OutboxEntry[] = [];
    const settle = async (work: () => Promise<void>): Promise<void> => {
      // Nothing is lost when it fails: what is not confirmed is looked into.
      await work().catch((error: unknown) => log.warn({ err: error }, 'Starts of flows are confirmed later'));
      signals.owed();
    };
    try {
      const answer = await write({
        ...ready.options,
        capture: {
          beforeCommit: async (changes) => {
            const entries = entriesOf(changes);
            if (entries.length === 0) return [];
            const checkAt = clock.now() + doubtMs;
            const pending = entries.map(({ id, content, evidence }) => ({
              id,
              content,
              evidence: JSON.stringify(evidence),
            }));
            await database.transaction((transaction) => addPending(transaction, pending, { batch, checkAt }));
            noted = entries;
            return [];
          },
        },
      });
      if (noted.length > 0)
        await settle(() => database.transaction((transaction) => confirmBatch(transaction, batch, noted)));
      return answer;
    } catch (error) {
      // It failed at its commit, which may have happened all the same.
      if (noted.length > 0) await settle(() => doubtBatch(database.knex, batch, clock.now()));
      throw error;
    }
  }

  #entriesOf(changes: readonly CapturedChange[], { call, ready, watches }: Watched): readonly KeptEntry[] {
    const { source, known, table } = ready;
    const write = {
      place: { dataSource: call.dataSource, known, table },
      actor: call.actor,
      now: this.#options.clock.now(),
    };
    return changes.flatMap((change) => {
      const orders = startsOfChange(change, watches, write);
      if (orders.length === 0) return [];
      const evidence: Evidence = {
        workspaceId: source.workspaceId,
        dataSource: source.id,
        environment: source.environment,
        table: table.id,
        kind: change.kind,
        key: change.key,
        before: change.before === null ? null : fingerprintOf(change.before),
        ...(change.kind === 'created' ? { values: valuePrints(change.after ?? {}, change.key) } : {}),
        openUntil: write.now + ready.options.timeoutMs + doubtMs,
      };
      return [{ id: createId('owe', 20), content: JSON.stringify(orders), evidence }];
    });
  }
}

interface Given<T> {
  readonly watches: readonly RowWatch[];
  readonly write: (options: WriteOptions) => Promise<T>;
}

interface Watched {
  readonly call: TableCall;
  readonly ready: ReadyTable;
  readonly watches: readonly RowWatch[];
}

interface KeptEntry extends OutboxEntry {
  readonly evidence: Evidence;
}

type EntriesOf = (changes: readonly CapturedChange[]) => readonly KeptEntry[];

/** Says whether a row, or a value, is what it was without keeping it. */
export function fingerprintOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The fingerprints of a row's values, without its key and what is empty. */
export function valuePrints(row: Row, key: RowKey): Readonly<Record<string, string>> {
  const telling = Object.entries(row).filter(([column, value]) => value !== null && !Object.hasOwn(key, column));
  return Object.fromEntries(telling.map(([column, value]) => [column, fingerprintOf(value)]));
}
