import type { Json } from '@fettle/base';
import type { Database } from '../../../database/database.ts';
import { findReply, insertReply } from './hook-replies.store.ts';

/** What a flow answers to the request that started it. */
export interface HookReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Brings the replies of flows to the requests that wait for them, in whichever process either is. */
export interface HookReplies {
  /** Resolves with the reply of a run, or with nothing when `signal` fires. Ask before the run can begin. */
  until(runId: string, signal: AbortSignal): Promise<HookReply | undefined>;
  /** False when nobody waits for it (any more). */
  give(run: { readonly id: string; readonly waitsUntil: number | undefined }, reply: HookReply): Promise<boolean>;
  /** A process on the same PostgreSQL gave a reply; undefined: some may have been given. */
  noticed(runId: string | undefined): void;
}

/** Makes the replies of a process. With other processes (PostgreSQL) replies travel by the metadata store. */
export function createHookReplies({
  database,
  now,
}: {
  readonly database: Database;
  readonly now: () => number;
}): HookReplies {
  const waiting = new Map<string, (reply: HookReply) => void>();
  const fetchReply = async (runId: string): Promise<void> => {
    const reply = await findReply(database.knex, runId);
    if (reply !== undefined) waiting.get(runId)?.(reply);
  };
  return {
    until: (runId, signal) =>
      new Promise((resolve) => {
        const finish = (reply?: HookReply): void => {
          waiting.delete(runId);
          signal.removeEventListener('abort', stop);
          resolve(reply);
        };
        const stop = (): void => finish();
        waiting.set(runId, finish);
        signal.addEventListener('abort', stop, { once: true });
        if (signal.aborted) finish();
      }),
    async give({ id, waitsUntil }, reply) {
      const here = waiting.get(id);
      if (here !== undefined) {
        here(reply);
        return true;
      }
      if (database.kind !== 'postgres' || waitsUntil === undefined || now() >= waitsUntil) return false;
      return insertReply(database.knex, { runId: id, reply, now: now() });
    },
    noticed(runId) {
      // A failure here is no worse than a reply that comes late: the request still has its time limit.
      for (const id of runId === undefined || runId === '' ? [...waiting.keys()] : [runId])
        if (waiting.has(id)) void fetchReply(id).catch(() => undefined);
    },
  };
}
