import type { Actor, Grant } from '@fettle/access';
import { AppError, inputError, type Clock } from '@fettle/base';
import type { FlowRunHead } from '@fettle/contract';
import type { Database } from '../../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../../grants.ts';
import { nameOfActor, type Audit } from '../../audit/audit.service.ts';
import { headOf } from '../find-runs.service.ts';
import type { Reruns, RerunWish } from '../reruns.service.ts';
import type { RunSignals } from '../run-signals.ts';
import { countDeadLetters, listDeadLetters, pickDeadLetters, settleDeadLetters } from './dead-letters.store.ts';

/** Which dead letters something is done about. */
export interface DeadLetterChoice {
  readonly runs?: readonly string[];
  readonly flow?: string;
  /** Only those that were there when somebody looked, in milliseconds since 1970. */
  readonly until: number;
}

/** What became of dead letters that were to be retried. */
export interface Retried {
  readonly started: number;
  readonly refused: { readonly run: string; readonly message: string; readonly hint?: string }[];
  readonly hasMore: boolean;
}

/** Runs that failed for good: what to do about them. */
export interface DeadLetters {
  list(
    grant: Grant,
    page: { readonly flow?: string; readonly cursor?: string; readonly limit?: number },
  ): Promise<{
    readonly letters: FlowRunHead[];
    readonly counts: { readonly flow: string; readonly count: number }[];
    readonly next?: string;
  }>;
  /** Starts each once more, as its rerun. At most 200 at a time. */
  retry(
    who: { readonly grant: Grant; readonly actor: Actor },
    choice: DeadLetterChoice,
    wish: Pick<RerunWish, 'version' | 'fromFailed'>,
  ): Promise<Retried>;
  /** Takes them off the list; their runs stay. */
  discard(who: { readonly grant: Grant; readonly actor: Actor }, choice: DeadLetterChoice): Promise<number>;
}

const batchSize = 200;

/** Makes the service. A dead letter is a failed run of the table of runs: nothing is kept twice. */
export function createDeadLetters(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly reruns: Pick<Reruns, 'retryDeadLetter'>;
  readonly signals: Pick<RunSignals, 'announce'>;
}): DeadLetters {
  const { database, clock, audit, reruns, signals } = options;
  const filterOf = (grant: Grant, { runs, flow, until }: DeadLetterChoice) => ({
    appId: appIdOf(grant),
    until,
    ...(runs === undefined ? {} : { runs }),
    ...(flow === undefined ? {} : { flowId: flow }),
  });
  return {
    async list(grant, { flow, cursor, limit = 50 }) {
      const appId = appIdOf(grant);
      const from = cursor === undefined ? undefined : readCursor(cursor);
      const rows = await listDeadLetters(database.knex, {
        appId,
        ...(flow === undefined ? {} : { flowId: flow }),
        ...(from === undefined ? {} : { from }),
        limit: limit + 1,
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        letters: rows.slice(0, limit).map(headOf),
        counts: [...(await countDeadLetters(database.knex, appId))],
        ...(last === undefined ? {} : { next: `${last.finished_at}_${last.id}` }),
      };
    },
    async retry({ grant, actor }, choice, wish) {
      const appId = appIdOf(grant);
      const rows = await listDeadLetters(database.knex, { ...filterOf(grant, choice), limit: batchSize + 1 });
      const refused: Retried['refused'][number][] = [];
      let started = 0;
      for (const row of rows.slice(0, batchSize)) {
        try {
          if (await reruns.retryDeadLetter(row, actor, wish)) started += 1;
        } catch (error) {
          // Its release or its flow is gone: the others can be started all the same.
          if (!(error instanceof AppError) || error.kind === 'bug') throw error;
          refused.push({
            run: row.id,
            message: error.message,
            ...(error.hint === undefined ? {} : { hint: error.hint }),
          });
        }
      }
      await audit.record({
        actor,
        action: 'dead-letters.retry',
        workspaceId: workspaceIdOf(grant),
        target: appId,
        details: { started, refused: refused.length, version: wish.version ?? 'same' },
      });
      signals.announce();
      return { started, refused, hasMore: rows.length > batchSize };
    },
    async discard({ grant, actor }, choice) {
      let discarded = 0;
      for (;;) {
        const ids = await pickDeadLetters(database.knex, filterOf(grant, choice), batchSize);
        const how = { settled: 'discarded', by: nameOfActor(actor), at: clock.now() } as const;
        discarded += await settleDeadLetters(database.knex, ids, how);
        if (ids.length < batchSize) break;
      }
      await audit.record({
        actor,
        action: 'dead-letters.discard',
        workspaceId: workspaceIdOf(grant),
        target: appIdOf(grant),
        details: { discarded },
      });
      return discarded;
    },
  };
}

function readCursor(text: string): { readonly finishedAt: number; readonly id: string } {
  const [, finishedAt, id] = /^(\d{1,16})_(.+)$/.exec(text) ?? [];
  if (finishedAt === undefined || id === undefined)
    throw inputError({ code: 'dead-letters.cursor', message: 'This is no place in the list of dead letters.' });
  return { finishedAt: Number(finishedAt), id };
}
