import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Json } from '@fettle/base';
import type { FlowTriggerExtension, SourceBatch } from '@fettle/sdk/server';
import type { Log } from '../../../log.ts';
import { hideSecrets } from '../../data-sources/hide-secrets.ts';
import { deliver, SourceLost, type DeliverOptions } from './deliver.ts';
import { reachOf, type ReachedContext, type SourceReach } from './source-context.ts';
import { noteSource, type FlowSourceRow } from './sources.store.ts';

/** What keeping sources needs. */
export interface KeepOptions extends DeliverOptions {
  readonly reach: SourceReach;
  readonly find: (workspaceId: string, type: string) => FlowTriggerExtension | undefined;
  readonly log: Log;
  /** Runs can be taken. Called after the transaction that made them. */
  readonly announce: () => void;
  /** The first wait after a failure, in milliseconds; it doubles with each in a row. */
  readonly firstRetryMs?: number;
}

const usualRetryMs = 1_000;
const longestRetryMs = 300_000;
/** A source that worked for so long before it failed has not failed in a row. */
const soundMs = 10_000;

/** A source that this process keeps. */
export interface KeptSource {
  readonly row: FlowSourceRow;
  /** The release that its runs belong to now. */
  releaseId: string;
  readonly signal: AbortSignal;
  /** It has another owner. */
  readonly lose: () => void;
  /** The code that is at work, and how to begin anew. */
  running?: { readonly extension: FlowTriggerExtension; readonly renew: () => void } | undefined;
}

/** Runs a source until its signal fires: again and again when it fails, after a while that grows. */
export async function keepSource(options: KeepOptions, kept: KeptSource): Promise<void> {
  const { row, signal } = kept;
  const said = new SaidState(options, row);
  let { failures } = row;
  // What another process wrote and did not live to deliver: it comes again, and is written again.
  await discard(options, row.id);
  let cursor = row.cursor === null ? undefined : (JSON.parse(row.cursor) as Json);
  while (!signal.aborted) {
    const attempt = new AbortController();
    const both = AbortSignal.any([signal, attempt.signal]);
    let connectedAt: number | undefined;
    let hasDelivered = false;
    let secrets: readonly string[] = [];
    let isRenewed = false;
    const written = new Set<string>();
    try {
      await said.say('connecting');
      const extension = options.find(row.workspace_id, row.type);
      if (extension === undefined) throw notInstalled(row.type);
      kept.running = {
        extension,
        renew: () => {
          isRenewed = true;
          attempt.abort();
        },
      };
      const reached: ReachedContext = await reachOf(options.reach, row, {
        extension,
        versionOf: () => kept.releaseId,
        environment: 'production',
        stagedFor: row.id,
        signal: both,
      });
      secrets = Object.values(reached.secrets);
      const { run } = await extension.load();
      const inTurn = createTurns();
      const running = run({
        ...reached,
        files: {
          write: async (file) => {
            const id = await reached.files.write(file);
            written.add(id);
            return id;
          },
        },
        cursor: () => cursor,
        now: options.now,
        log: (level, message) => options.log[level]({ app: row.app_id, flow: row.flow_id }, message),
        rest: (ms) => pause(ms, undefined, { signal: both }).catch(() => undefined),
        connected: () => {
          connectedAt ??= options.now();
          void said.say('connected');
        },
        deliver: (batch: SourceBatch) =>
          inTurn(async () => {
            // Whoever stops may store what it has already: the fence refuses what is not its own any more. One that has
            // failed must not come late, and move the cursor back.
            attempt.signal.throwIfAborted();
            kept.releaseId = await deliver(options, { ...row, release_id: kept.releaseId }, { ...batch, written });
            if (batch.cursor !== undefined) ({ cursor } = batch);
            // What it speaks of and is still not kept came with runs that were there already.
            const doubles = written.size === 0 ? [] : spokenOf(batch, written);
            for (const id of doubles) written.delete(id);
            if (doubles.length > 0) await discard(options, row.id, doubles);
            if (batch.events.length === 0) return;
            hasDelivered = true;
            options.announce();
          }),
      });
      await untilRest(running, both);
      if (!signal.aborted) throw ended();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof SourceLost) return kept.lose();
      if (isRenewed) continue;
      const isSound = connectedAt !== undefined && options.now() - connectedAt > soundMs;
      failures = isSound || hasDelivered ? 1 : failures + 1;
      const waitMs = retryAfter(failures, options.firstRetryMs ?? usualRetryMs);
      const clean = hideSecrets(error, secrets);
      options.log.warn({ err: clean, app: row.app_id, flow: row.flow_id }, 'What starts a flow has failed');
      await said.fail(clean, failures, options.now() + waitMs);
      await pause(waitMs, undefined, { signal }).catch(() => undefined);
    } finally {
      kept.running = undefined;
      attempt.abort();
      if (written.size > 0) await discard(options, row.id, [...written]);
    }
  }
}

/** Takes away files that no run speaks of. What cannot be now is taken away when the source begins again. */
async function discard({ reach, log }: KeepOptions, source: string, files?: readonly string[]): Promise<void> {
  await reach.files
    .discardStaged(source, files)
    .catch((error: unknown) => log.warn({ err: error, source }, 'Files of what starts a flow were not taken away'));
}

function spokenOf({ events }: SourceBatch, files: ReadonlySet<string>): readonly string[] {
  const text = JSON.stringify(events.map(({ trigger }) => trigger));
  return [...files].filter((id) => text.includes(id));
}

/** How long a source may take to come to rest, in milliseconds: one that does not must not keep the process. */
const graceMs = 5_000;

async function untilRest(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const tooLong = new Promise<void>((resolve) => {
    const wait = (): void => void pause(graceMs, undefined, { signal: over.signal, ref: false }).then(resolve, resolve);
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true, signal: over.signal });
  });
  try {
    await Promise.race([running, tooLong]);
  } finally {
    over.abort();
    running.catch(() => undefined);
  }
}

function retryAfter(failures: number, firstMs: number): number {
  const whole = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), longestRetryMs);
  // Many that failed together do not come back together.
  return Math.round(whole * (0.75 + Math.random() / 2));
}

/** One after the other. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** What people see of a source. It is written when it changes only, and nothing fails when it cannot be. */
class SaidState {
  readonly #options: KeepOptions;
  readonly #row: FlowSourceRow;
  readonly #inTurn = createTurns();
  #state: FlowSourceRow['state'] | undefined;

  constructor(options: KeepOptions, row: FlowSourceRow) {
    this.#options = options;
    this.#row = row;
  }

  say(state: 'connecting' | 'connected'): Promise<void> {
    // While it tries again, people see why it did not work the last time.
    if (this.#state === state || (state === 'connecting' && this.#state === 'failed')) return Promise.resolve();
    this.#state = state;
    return this.#note({
      state,
      ...(state === 'connected' ? { error: null, failures: 0, retry_at: null } : {}),
    });
  }

  fail(error: unknown, failures: number, retryAt: number): Promise<void> {
    this.#state = 'failed';
    return this.#note({ state: 'failed', error: JSON.stringify(shownError(error)), failures, retry_at: retryAt });
  }

  #note(change: Parameters<typeof noteSource>[2]): Promise<void> {
    const { database, now, log } = this.#options;
    return this.#inTurn(() => noteSource(database.knex, this.#row, { ...change, state_at: now() })).catch(
      (error: unknown) => log.warn({ err: error }, 'The state of what starts a flow could not be noted'),
    );
  }
}

/** An error as people see it. What is not made for them stays in the log. */
function shownError(error: unknown): { readonly code: string; readonly message: string; readonly hint?: string } {
  if (error instanceof AppError && error.kind !== 'bug') {
    const { code, message, hint } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }) };
  }
  return {
    code: 'flow.source-failed',
    message: 'It failed unexpectedly.',
    hint: "The server's log says why. It is tried again by itself.",
  };
}

const ended = () =>
  new AppError('upstream', {
    code: 'flow.source-ended',
    message: 'The connection ended.',
    hint: 'It is made again by itself.',
  });

const notInstalled = (type: string) =>
  new AppError('unavailable', {
    code: 'flow.trigger-unknown',
    message: `This server does not know what "${type}" is.`,
    hint: 'Install the plugin that brings it, or turn it on again, under Settings → Plugins.',
  });
