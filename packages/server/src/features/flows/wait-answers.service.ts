import { conflict, notFound, type Clock, type Json } from '@fettle/base';
import type { Parameter } from '@fettle/definition';
import { finalStates } from '@fettle/flow';
import type { Database } from '../../database/database.ts';
import { fieldsOf, requestOf } from '../approvals/approval-request.ts';
import { readAnswer } from '../approvals/read-answer.ts';
import type { SettleWait } from '../approvals/settle-wait.ts';
import { findRun } from './runs.store.ts';
import type { WaitLinks } from './wait-links.ts';
import { findWait, type Answerer, type WaitRow } from './waits.store.ts';

/** What a link asks of whoever has it. */
export interface OpenQuestion {
  readonly kind: 'callback' | 'approval';
  readonly state: 'open' | 'answered' | 'expired';
  readonly title?: string;
  readonly message?: string;
  readonly fields?: Parameter[];
  readonly deadline?: number;
}

/** Answers steps that wait, by their signed links: the link is the right, and it works once. */
export class WaitAnswers {
  readonly #options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly links: WaitLinks;
    readonly settle: SettleWait;
  };

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly links: WaitLinks;
    readonly settle: SettleWait;
  }) {
    this.#options = options;
  }

  async describe(token: string): Promise<OpenQuestion> {
    const { row } = await this.#find(token);
    const { title, message } = requestOf(row);
    const fields = fieldsOf(row);
    return {
      kind: row.kind,
      state: await this.#stateOf(row),
      ...(row.kind === 'approval' ? { title } : {}),
      ...(message === undefined ? {} : { message }),
      ...(fields.length === 0 ? {} : { fields }),
      ...(row.deadline === null ? {} : { deadline: row.deadline }),
    };
  }

  /** Answers the step, once. An approval says `approved`; a callback gives its run whatever it was sent. */
  async answer(token: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const { row, by } = await this.#find(token);
    const answer = row.kind === 'approval' ? readAnswer(body, fieldsOf(row), by) : (body as Json);
    if (!(await this.#options.settle(row, answer, by))) throw over();
  }

  async #find(token: string): Promise<{ readonly row: WaitRow; readonly by: Answerer | null }> {
    const place = this.#options.links.read(token);
    const row = place === undefined ? undefined : await findWait(this.#options.database.knex, place.runId, place.path);
    // A link that is forged and one whose run is gone look the same. So does one that is sent before its step waits.
    if (row === undefined)
      throw notFound({
        code: 'flow-answer.unknown',
        message: 'This link leads nowhere.',
        hint: 'Its flow may not be waiting yet, or be long over.',
      });
    return { row, by: place?.to === undefined ? null : { via: 'link', email: place.to } };
  }

  async #stateOf(row: WaitRow): Promise<OpenQuestion['state']> {
    if (row.answer !== null) return 'answered';
    const { database, clock } = this.#options;
    const run = await findRun(database.knex, row.run_id);
    const isOver = run === undefined || finalStates.has(run.state);
    return isOver || (row.deadline !== null && clock.now() >= row.deadline) ? 'expired' : 'open';
  }
}

const over = () =>
  conflict({
    code: 'flow-answer.over',
    message: 'This has been answered, or its time is over.',
    hint: 'A link works once.',
  });
