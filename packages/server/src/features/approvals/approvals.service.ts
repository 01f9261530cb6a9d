import type { Grant, UserActor } from '@fettle/access';
import { bug, conflict, inputError, isJsonObject, notFound, type Clock } from '@fettle/base';
import type { ApprovalInfo } from '@fettle/contract';
import { finalStates } from '@fettle/flow';
import type { Database } from '../../database/database.ts';
import { workspaceIdOf } from '../../grants.ts';
import type { Audit } from '../audit/audit.service.ts';
import { findWait, type Answerer } from '../flows/waits.store.ts';
import { fieldsOf, requestOf } from './approval-request.ts';
import type { ApproverPeople } from './approver-people.ts';
import * as store from './approvals.store.ts';
import { readAnswer } from './read-answer.ts';
import type { SettleWait } from './settle-wait.ts';

/** What a person answers with. */
export interface GivenAnswer {
  readonly approved: boolean;
  readonly comment?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Approvals that ask a person, by themselves or by a role they have now. What does not ask them is not there for them. */
export interface Approvals {
  list(
    grant: Grant,
    page: { readonly state?: 'open' | 'past'; readonly limit?: number; readonly cursor?: string },
  ): Promise<{ readonly approvals: ApprovalInfo[]; readonly next?: string }>;
  countOpen(grant: Grant): Promise<number>;
  read(grant: Grant, id: string): Promise<ApprovalInfo>;
  /** Answers as the person, once. Of two who answer at the same time, the second is told who was faster. */
  answer(grant: Grant, id: string, given: GivenAnswer): Promise<ApprovalInfo>;
}

/** Makes the service. */
export function createApprovals(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: ApproverPeople;
  readonly settle: SettleWait;
  readonly audit: Pick<Audit, 'record'>;
}): Approvals {
  const { database, clock, people, settle, audit } = options;
  const { knex } = database;
  const answering = async (grant: Grant, asked: readonly store.RolesInApp[]): Promise<store.Answering> => {
    const person = personOf(grant);
    return {
      userId: person.id,
      email: person.email.toLowerCase(),
      roles: asked.length === 0 ? [] : await people.rolesOf(workspaceIdOf(grant), person, asked),
    };
  };
  const find = async (grant: Grant, id: string): Promise<store.ApprovalRow> => {
    const of = await answering(grant, await store.listRolesOfApproval(knex, id));
    const row = await store.findApproval(knex, shelfOf(grant), { id, of });
    if (row === undefined) throw unknown();
    return row;
  };
  return {
    async list(grant, { state = 'open', limit = 20, cursor }) {
      const shelf = shelfOf(grant);
      const of = await answering(grant, await store.listAskedRoles(knex, shelf, state === 'open' ? 'open' : 'all'));
      const list = state === 'open' ? store.listOpenApprovals : store.listPastApprovals;
      const from = cursor === undefined ? undefined : readCursor(cursor);
      const rows = await list(knex, shelf, { of, now: clock.now(), from, limit: limit + 1 });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        approvals: rows.slice(0, limit).map((row) => infoOf(row, clock.now())),
        ...(last === undefined ? {} : { next: `${last.opened_at}_${last.id}` }),
      };
    },
    async countOpen(grant) {
      const shelf = shelfOf(grant);
      const of = await answering(grant, await store.listAskedRoles(knex, shelf, 'open'));
      return store.countOpenApprovals(knex, shelf, { of, now: clock.now() });
    },
    read: async (grant, id) => infoOf(await find(grant, id), clock.now()),
    async answer(grant, id, given) {
      const approval = await find(grant, id);
      const row = await findWait(knex, approval.run_id, approval.path);
      if (row === undefined) throw unknown();
      const { id: userId, email, name } = personOf(grant);
      const by: Answerer = { via: 'account', id: userId, email, name };
      const answer = readAnswer({ ...given }, fieldsOf(row), by);
      if (!(await settle(row, answer, by))) throw over(await find(grant, id), clock.now());
      await audit.record({
        actor: grant.actor,
        action: 'approval.answer',
        workspaceId: workspaceIdOf(grant),
        target: `${approval.app_id} ${approval.run_id}`,
        details: { approval: id, approved: given.approved },
      });
      return infoOf(await find(grant, id), clock.now());
    },
  };
}

function personOf({ actor }: Grant): UserActor {
  if (actor.kind !== 'user') throw bug('Only people have an inbox.');
  return actor;
}

function shelfOf(grant: Grant): store.ApprovalShelf {
  const { subject } = grant;
  return { workspaceId: workspaceIdOf(grant), appId: subject.kind === 'release' ? subject.appId : undefined };
}

function infoOf(row: store.ApprovalRow, now: number): ApprovalInfo {
  const { title, message } = requestOf(row);
  const user = row.run_user === null ? null : (JSON.parse(row.run_user) as { readonly name: string });
  return {
    id: row.id,
    app: { id: row.app_id, name: row.app_name },
    isTrial: row.environment === 'development',
    title: title === '' ? 'A flow waits for an answer' : title,
    message: message ?? null,
    fields: fieldsOf(row),
    requestedBy: user?.name ?? null,
    openedAt: row.opened_at,
    deadline: row.deadline,
    escalation: { level: row.escalation_level, of: requestOf(row).escalations.length },
    state: stateOf(row, now),
    answer: answerOf(row),
  };
}

function stateOf(row: store.ApprovalRow, now: number): ApprovalInfo['state'] {
  if (row.answered_at !== null) return 'answered';
  if (row.deadline !== null && now >= row.deadline) return 'expired';
  return finalStates.has(row.run_state) ? 'cancelled' : 'open';
}

function answerOf(row: store.ApprovalRow): ApprovalInfo['answer'] {
  if (row.answered_at === null || row.answer === null) return null;
  const { approved, comment, values } = JSON.parse(row.answer) as {
    readonly approved?: boolean;
    readonly comment?: string | null;
    readonly values?: unknown;
  };
  const by = row.answered_by === null ? null : (JSON.parse(row.answered_by) as Answerer);
  return {
    approved: approved === true,
    comment: comment ?? null,
    values: isJsonObject(values) ? values : {},
    by: by === null ? null : by.via === 'account' ? by.name : by.email,
    at: row.answered_at,
  };
}

function readCursor(text: string): store.ApprovalPlace {
  const [, openedAt, id] = /^(\d{1,16})_(.+)$/.exec(text) ?? [];
  if (openedAt === undefined || id === undefined)
    throw inputError({ code: 'approvals.cursor', message: 'This is no place in the list of approvals.' });
  return { openedAt: Number(openedAt), id };
}

// To whom it does not ask, it looks like one that is not there.
const unknown = () =>
  notFound({
    code: 'approval.unknown',
    message: 'There is no such approval for you.',
    hint: 'Somebody else may be asked now, or its flow was removed.',
  });

function over(row: store.ApprovalRow, now: number) {
  const answer = answerOf(row);
  const what = answer?.approved === true ? 'approved' : 'refused';
  const who = answer?.by ?? 'Somebody';
  const messages = {
    answered: `${who} was faster, and has ${what} it.`,
    expired: 'The time to answer is over.',
    cancelled: 'It is no longer needed: its flow has ended.',
    open: 'The answer was not taken.',
  } as const;
  const state = stateOf(row, now);
  return conflict({ code: `approval.${state}`, message: messages[state], details: { state } });
}
