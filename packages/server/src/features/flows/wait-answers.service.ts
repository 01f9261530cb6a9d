import { conflict, inputError, notFound, type Clock, type Json } from '@fettle/base';
import { checkSchema, parameterSchema, type Parameter } from '@fettle/definition';
import { finalStates } from '@fettle/flow';
import { checkParameters } from '../queries/check-parameters.ts';
import type { Database } from '../../database/database.ts';
import type { RunSignals } from './run-signals.ts';
import { findRun, wakeRun } from './runs.store.ts';
import type { WaitLinks } from './wait-links.ts';
import { answerWait, findWait, type WaitRow } from './waits.store.ts';

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
    readonly signals: RunSignals;
    readonly links: WaitLinks;
  };

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly signals: RunSignals;
    readonly links: WaitLinks;
  }) {
    this.#options = options;
  }

  async describe(token: string): Promise<OpenQuestion> {
    const row = await this.#find(token);
    const { title, message } = JSON.parse(row.request) as { readonly title?: string; readonly message?: string };
    const fields = fieldsOf(row);
    return {
      kind: row.kind,
      state: await this.#stateOf(row),
      ...(title === undefined ? {} : { title }),
      ...(message === undefined ? {} : { message }),
      ...(fields.length === 0 ? {} : { fields }),
      ...(row.deadline === null ? {} : { deadline: row.deadline }),
    };
  }

  /** Answers the step, once. An approval says `approved`; a callback gives its run whatever it was sent. */
  async answer(token: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const { database, clock, signals } = this.#options;
    const row = await this.#find(token);
    const answer = row.kind === 'approval' ? approvalOf(body, fieldsOf(row)) : (body as Json);
    // The answer and the waking are one: a run that was answered never sleeps on.
    const isTaken = await database.transaction(async (transaction) => {
      const run = await findRun(transaction, row.run_id);
      if (run === undefined || finalStates.has(run.state)) return false;
      const wait = { runId: row.run_id, path: row.path };
      if (!(await answerWait(transaction, wait, { text: JSON.stringify(answer), now: clock.now() }))) return false;
      await wakeRun(transaction, row.run_id);
      return true;
    });
    if (!isTaken) throw over();
    signals.announce();
  }

  async #find(token: string): Promise<WaitRow> {
    const place = this.#options.links.read(token);
    const row = place === undefined ? undefined : await findWait(this.#options.database.knex, place.runId, place.path);
    // A link that is forged and one whose run is gone look the same. So does one that is sent before its step waits.
    if (row === undefined)
      throw notFound({
        code: 'flow-answer.unknown',
        message: 'This link leads nowhere.',
        hint: 'Its flow may not be waiting yet, or be long over.',
      });
    return row;
  }

  async #stateOf(row: WaitRow): Promise<OpenQuestion['state']> {
    if (row.answer !== null) return 'answered';
    const { database, clock } = this.#options;
    const run = await findRun(database.knex, row.run_id);
    const isOver = run === undefined || finalStates.has(run.state);
    return isOver || (row.deadline !== null && clock.now() >= row.deadline) ? 'expired' : 'open';
  }
}

/** What an approval asks to fill in; what cannot be read as a field is none. */
function fieldsOf(row: WaitRow): Parameter[] {
  const { fields } = JSON.parse(row.request) as { readonly fields?: unknown };
  return Array.isArray(fields)
    ? fields.filter((field): field is Parameter => checkSchema(parameterSchema, field, '').length === 0)
    : [];
}

function approvalOf(body: Readonly<Record<string, unknown>>, fields: readonly Parameter[]): Json {
  const { approved, comment, values } = body;
  if (typeof approved !== 'boolean')
    throw inputError({
      code: 'flow-answer.approved',
      message: 'Say whether it is approved.',
      hint: 'Send {"approved": true} or {"approved": false}.',
    });
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 5_000))
    throw inputError({ code: 'flow-answer.comment', message: 'A comment is a text of 5,000 characters at most.' });
  return {
    approved,
    comment: comment ?? null,
    // Who refuses need not fill anything in.
    values: approved ? { ...checkParameters(fields, values ?? {}, 'approval') } : {},
    // Whoever has the link: it names nobody.
    by: null,
  };
}

const over = () =>
  conflict({
    code: 'flow-answer.over',
    message: 'This has been answered, or its time is over.',
    hint: 'A link works once.',
  });
