import { createId, type Clock } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { Database, StoreAccess } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import * as store from './mail-outbox.store.ts';

/** What somebody is written. */
export interface OutgoingMail {
  readonly email: string;
  readonly subject: string;
  readonly text: string;
  /** The step whose signed link goes below the text. It is made when the mail is sent: the store keeps no link. */
  readonly step?: { readonly runId: string; readonly path: string };
}

/** Sends mail after what it is about is stored: at least once, with the same message id for every try. */
export interface MailOutbox {
  /** Queues mail in the transaction of what it is about. Nothing is queued where no mail server is set up. */
  queue(knex: StoreAccess, mails: readonly OutgoingMail[]): Promise<void>;
  /** Some was queued, and is committed. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

/** What the outbox needs. */
export interface MailOutboxOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined where no mail server is set up. */
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  readonly linkTo: (step: { readonly runId: string; readonly path: string }, email: string) => string;
}

const lookEveryMs = 5_000;
/** Who sends has so long; then somebody else may try. */
const leaseMs = 120_000;
const batchSize = 20;
/** Pauses between tries, in minutes; after the last one the mail is given up. */
const pauses = [1, 5, 15, 60, 180, 360] as const;

/** Makes the outbox of a process. */
export function createMailOutbox(options: MailOutboxOptions): MailOutbox {
  const { database, clock, log, sendMail, linkTo } = options;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let isStopped = true;
  /** Queued while others were being sent. */
  let isWanted = false;

  const sendOne = async (row: store.MailRow, send: FlowPlatform['sendMail']): Promise<void> => {
    if (!(await store.claimMail(database.knex, row, clock.now() + leaseMs))) return;
    const { run_id: runId, path, email, subject } = row;
    const text = runId === null || path === null ? row.text : `${row.text}\n\n${linkTo({ runId, path }, email)}\n`;
    try {
      await send({ to: [email], subject, text, messageId: `<${row.id}@fettle>` });
      await store.deleteMail(database.knex, row.id);
    } catch (error) {
      const pause = pauses[row.attempts];
      log.warn({ err: error, mail: row.id, attempt: row.attempts + 1 }, 'A mail about a notification was not taken');
      if (pause === undefined) await store.deleteMail(database.knex, row.id);
      else await store.postponeMail(database.knex, row.id, clock.now() + pause * 60_000);
    }
  };
  const sendAll = async (send: FlowPlatform['sendMail']): Promise<void> => {
    for (;;) {
      const due = await store.listDueMails(database.knex, clock.now(), batchSize);
      for (const row of due) {
        if (isStopped) return;
        await sendOne(row, send);
      }
      if (due.length < batchSize) return;
    }
  };
  const look = (): void => {
    if (sendMail === undefined || isStopped) return;
    isWanted = sending !== undefined;
    if (isWanted) return;
    clearTimeout(timer);
    sending = sendAll(sendMail)
      .catch((error: unknown) => log.warn({ err: error }, 'Mail about notifications could not be sent'))
      .finally(() => {
        sending = undefined;
        if (!isStopped) timer = setTimeout(look, isWanted ? 0 : lookEveryMs).unref();
      });
  };
  return {
    async queue(knex, mails) {
      if (sendMail === undefined) return;
      const now = clock.now();
      await store.insertMails(
        knex,
        mails.map(({ email, subject, text, step }) => ({
          id: createId('mail', 20),
          email,
          subject: subject.replaceAll(/[\r\n]+/g, ' ').slice(0, 400),
          text,
          run_id: step?.runId ?? null,
          path: step?.path ?? null,
          attempts: 0,
          due_at: now,
        })),
      );
    },
    wake: look,
    start() {
      isStopped = false;
      look();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await sending;
    },
  };
}
