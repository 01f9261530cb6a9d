import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Clock } from '@fettle/base';
import type { OutboxEntry } from '@fettle/sdk/server';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { OpenSources } from '../../data-sources/open-sources.ts';
import type { FlowVersions } from '../flow-versions.ts';
import type { RunStarter } from '../start-run.ts';
import { listExistingApps, listReady, takeEntries } from './outbox.store.ts';
import type { OwingSource, RelaySignals } from './relay-signals.ts';
import { settleDoubtful } from './settle-doubtful.ts';
import { startsOf } from './start-orders.ts';
import type { TriggerIndex } from './trigger-index.ts';
import { listInternalSources } from './triggers.store.ts';

/** Turns starts that are owed into runs. Every process has one. */
export interface Relay {
  start(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** What the relay needs. */
export interface RelayOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly signals: RelaySignals;
  readonly index: TriggerIndex;
  readonly versions: Pick<FlowVersions, 'find'>;
  readonly starter: Pick<RunStarter, 'startAll'>;
  readonly sources: Pick<OpenSources, 'get' | 'schemaOf'>;
  /** Runs can be taken. Called after the transaction that made them. */
  readonly announce: () => void;
}

const batchSize = 200;
/** What another process left behind when it died is found within so long. */
const lookMs = 5_000;
/** After an error. */
const againMs = 1_000;
const outboxTimeoutMs = 30_000;

/** Makes a relay. */
export function createRelay(options: RelayOptions): Relay {
  const { signals, log } = options;
  const owing = new Map<string, OwingSource>();
  const stopping = new AbortController();
  let isWoken = false;
  let wake: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  signals.onOwed((source) => {
    if (source !== undefined) owing.set(`${source.id} ${source.environment}`, source);
    isWoken = true;
    wake();
  });
  const rest = async (ms: number): Promise<void> => {
    if (isWoken) return;
    const woken = new AbortController();
    wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, stopping.signal]);
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  };
  /** Answers how long to rest after it. */
  const round = async (): Promise<number> => {
    isWoken = false;
    let longest = lookMs;
    const again = (error: unknown): void => {
      log.error({ err: error }, 'Flows that are to be started could not be; they are again in a second');
      longest = againMs;
    };
    await drainAll(() => drainShared(options)).catch(again);
    const sources = Array.from(owing);
    for (const [key, source] of sources) {
      // What is owed from now on is told anew.
      owing.delete(key);
      await drainAll(() => drainSource(options, source)).catch((error: unknown) => {
        if (error instanceof AppError && error.kind === 'not-found') return;
        owing.set(key, source);
        again(error);
      });
    }
    const confirmed = await settleDoubtful(options).catch(again);
    return confirmed === undefined || confirmed === 0 ? longest : 0;
  };
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) await rest(await round());
  };
  const begin = async (): Promise<void> => {
    await findOwing(options, owing).catch((error: unknown) =>
      log.error({ err: error }, 'Starts that were owed before this process began could not be looked for'),
    );
    await loop();
  };
  return {
    start: () => {
      running = begin();
    },
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

async function drainAll(drain: () => Promise<number>): Promise<void> {
  while ((await drain()) === batchSize);
}

/** Files with rows of our own may owe starts of before this process began. */
async function findOwing({ database, index }: RelayOptions, owing: Map<string, OwingSource>): Promise<void> {
  const watched = await index.watchedSources();
  if (database.kind === 'postgres') return;
  for (const source of await listInternalSources(database.knex, watched))
    owing.set(`${source.id} production`, { ...source, environment: 'production' });
}

/** One batch of the metadata's outbox. Taking an entry and starting its runs is one transaction. */
async function drainShared(options: RelayOptions): Promise<number> {
  const { database } = options;
  const entries = await listReady(database.knex, batchSize);
  if (entries.length > 0) await startRuns(options, entries, takeEntries);
  return entries.length;
}

/** One batch of the outbox beside rows. The keys of the runs say what was started when the removal does not happen. */
async function drainSource(options: RelayOptions, owing: OwingSource): Promise<number> {
  const source = await options.sources.get(owing.workspaceId, owing.id, owing.environment);
  const { outbox } = source.session;
  if (outbox === undefined) return 0;
  const limits = { signal: AbortSignal.timeout(outboxTimeoutMs), timeoutMs: outboxTimeoutMs };
  const entries = await source.run(() => outbox.list(batchSize, limits));
  if (entries.length === 0) return 0;
  await startRuns(options, entries, async (_knex, ids) => Promise.resolve(new Set(ids)));
  await source.run(() =>
    outbox.remove(
      entries.map(({ id }) => id),
      limits,
    ),
  );
  return entries.length;
}

async function startRuns(
  options: RelayOptions,
  entries: readonly OutboxEntry[],
  take: typeof takeEntries,
): Promise<void> {
  const { database, starter, announce } = options;
  // Read before the transaction: SQLite has one connection.
  const starts = await startsOf(entries, options);
  await database.transaction(async (transaction) => {
    const taken = await take(
      transaction,
      entries.map(({ id }) => id),
    );
    const due = entries.flatMap(({ id }) => (taken.has(id) ? (starts.get(id) ?? []) : []));
    const apps = await listExistingApps(
      transaction,
      due.map(({ appId }) => appId),
    );
    await starter.startAll(
      transaction,
      due.filter(({ appId }) => apps.has(appId)),
    );
  });
  announce();
}
