import { createId, type Clock } from '@fettle/base';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import { keepSource, type KeepOptions, type KeptSource } from './keep-source.ts';
import { claimSources, releaseSource, renewSources, type FlowSourceRow } from './sources.store.ts';

/**
 * Keeps the sources of live releases at work: polls, mailboxes, brokers. Any number of processes may have one; each
 * source is kept by one of them. When that ends, by whatever cause, another goes on.
 */
export interface SourceKeeper {
  start(): void;
  /** Sources changed: look now. */
  wake(): void;
  /** Begins those of a workspace anew whose trigger has other code now: a plugin was updated or turned off. */
  renew(workspaceId: string): void;
  /** Gives all sources back, and resolves when they are at rest. */
  stop(): Promise<void>;
  /** How many it keeps now. */
  active(): number;
}

/** What a keeper needs. */
export interface SourceKeeperOptions extends Omit<KeepOptions, 'now'> {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a source stays with a process that is not heard of, in milliseconds. */
  readonly leaseMs?: number;
  /** Time between two looks for sources that nobody keeps, in milliseconds. */
  readonly lookMs?: number;
}

/** Taken at one look: where several processes start together, each gets its part. */
const perLook = 20;
const mostKept = 1_000;

interface Active {
  readonly kept: KeptSource;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Makes a keeper. */
export function createSourceKeeper(given: SourceKeeperOptions): SourceKeeper {
  const { database, clock, log, leaseMs = 12_000, lookMs = 1_000 } = given;
  const options: KeepOptions = { ...given, now: () => clock.now() };
  const owner = createId('kee', 12);
  const active = new Map<string, Active>();
  /** Those that are coming to rest: the next owner in this process waits for them. */
  const resting = new Map<string, Promise<void>>();
  let isStopped = true;
  let isWoken = false;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let endSleep: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const end = (id: string): void => {
    const one = active.get(id);
    if (one === undefined) return;
    active.delete(id);
    one.controller.abort();
    const rest = one.done.finally(() => {
      if (resting.get(id) === rest) resting.delete(id);
    });
    resting.set(id, rest);
  };
  const begin = (row: FlowSourceRow): void => {
    end(row.id);
    const controller = new AbortController();
    const before = resting.get(row.id) ?? Promise.resolve();
    const kept: KeptSource = {
      row,
      releaseId: row.release_id,
      signal: controller.signal,
      lose: () => {
        if (active.get(row.id)?.kept === kept) end(row.id);
      },
    };
    const done = before
      .then(() => keepSource(options, kept))
      .catch((error: unknown) =>
        log.error({ err: error, flow: row.flow_id }, 'What starts a flow is not kept any more'),
      );
    active.set(row.id, { kept, controller, done });
  };
  /** Says that this process is there, and lets go of what is not its own any more. */
  const renew = async (): Promise<void> => {
    const held = new Map((await renewSources(database.knex, owner, clock.now() + leaseMs)).map((row) => [row.id, row]));
    for (const [id, { kept }] of active) {
      const row = held.get(id);
      if (row === undefined || row.fence !== kept.row.fence) end(id);
      else kept.releaseId = row.release_id;
    }
    renewedAt = performance.now();
  };
  const claim = async (): Promise<number> => {
    const limit = Math.min(perLook, mostKept - active.size);
    if (limit <= 0) return 0;
    const now = clock.now();
    const isShared = database.kind === 'postgres';
    const rows = await claimSources(database.knex, { owner, now, leaseUntil: now + leaseMs, limit, isShared });
    for (const row of rows) begin(row);
    return rows.length;
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || isStopped) endSleep();
    });
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      try {
        const isAsked = isWoken;
        isWoken = false;
        if (isAsked || performance.now() - renewedAt > leaseMs / 4) await renew();
        await claim();
      } catch (error) {
        log.error({ err: error }, 'What starts flows could not be looked for; it is again in a second');
      }
      await sleep(lookMs);
    }
  };
  const wake = (): void => {
    isWoken = true;
    endSleep();
  };
  return {
    wake,
    active: () => active.size,
    renew(workspaceId) {
      for (const { kept } of active.values()) {
        const { row, running } = kept;
        if (row.workspace_id !== workspaceId || running === undefined) continue;
        if (options.find(workspaceId, row.type) !== running.extension) running.renew();
      }
    },
    start() {
      isStopped = false;
      const tidied = given.reach.files
        .discardOrphans()
        .catch((error: unknown) => log.warn({ err: error }, 'Files that nothing speaks of were not taken away'));
      running = tidied.then(loop);
    },
    async stop() {
      isStopped = true;
      wake();
      await running;
      const held = Array.from(active.values(), ({ kept }) => kept.row);
      for (const { id } of held) end(id);
      await Promise.all(resting.values());
      for (const row of held)
        await releaseSource(database.knex, row, clock.now()).catch((error: unknown) =>
          log.warn({ err: error }, 'What starts a flow is given back when its lease is over'),
        );
    },
  };
}
