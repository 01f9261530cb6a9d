import { createId, type Clock } from '@fettle/base';
import type { RunHead, RunHost, WaitState } from '@fettle/flow';
import type { Database, StoreTransaction } from '../../database/database.ts';
import { findWait, openWait, saveRequest, type WaitRow } from '../flows/waits.store.ts';
import type { MailOutbox } from '../notifications/mail-outbox.ts';
import type { Notifications } from '../notifications/notifications.service.ts';
import { historyOf, requestOf, type ApprovalRequest, type EscalationLevel } from './approval-request.ts';
import type { ApproverPeople, AppPlace, AskedPerson } from './approver-people.ts';
import { closeApprovers, escalateWait, insertApprovers } from './approvals.store.ts';
import { parseApprovers, type Approver } from './approvers.ts';
import type { AppAccess } from '@fettle/definition';

interface NextLevel {
  readonly id: string;
  readonly next: EscalationLevel;
}

type Asked = Parameters<RunHost['openWait']>[0];

/** What opening needs. */
export interface OpenApprovalsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: ApproverPeople;
  readonly notifications: Notifications;
  readonly mails: MailOutbox;
}

/** Opens approvals of runs and sees to their deadlines. Called again and again for the same step: each thing happens once. */
export interface OpenApprovals {
  open(run: RunHead, asked: Asked): Promise<WaitState>;
}

/** Makes the service. */
export function createOpenApprovals(options: OpenApprovalsOptions): OpenApprovals {
  const { database, clock, people, notifications, mails } = options;

  /** Tells those who are asked, in the transaction in which they are. Answers whom. */
  const ask = async (
    transaction: StoreTransaction,
    approval: { readonly id: string; readonly run: RunHead; readonly row: Pick<WaitRow, 'path' | 'deadline'> },
    asked: {
      readonly request: ApprovalRequest;
      readonly approvers: readonly Approver[];
      readonly access: AppAccess | undefined;
      readonly kind: 'approval' | 'escalation';
      /** Of an escalation: how many were before. */
      readonly level?: number;
    },
  ): Promise<readonly string[]> => {
    const { id, run, row } = approval;
    const { request, approvers, kind, level = 0 } = asked;
    const place = placeOf(run);
    await insertApprovers(transaction, { id, ...place }, approvers);
    const who = await people.resolve(transaction, place, asked);
    const to = who.flatMap(({ userId }) => (userId === undefined ? [] : [userId]));
    const title = kind === 'approval' ? request.title : `Nobody answered yet: ${request.title}`;
    await notifications.tell(transaction, {
      workspaceId: run.workspaceId,
      to,
      kind,
      title: title === '' ? 'A flow waits for your answer' : title,
      body: request.message,
      app: { id: run.appId, environment: run.environment },
      approvalId: id,
      // The first level has the key that it had when there was one.
      key: level === 0 ? `${kind} ${id}` : `${kind} ${id} ${level}`,
    });
    await mails.queue(
      transaction,
      who.slice(0, mostMails).map((person) => mailTo(person, title, { request, run, row })),
    );
    return to;
  };

  const openFirst = async (run: RunHead, { path, stepName, deadline, approval }: Asked): Promise<WaitRow> => {
    const access = await people.accessOf(placeOf(run));
    const { approvers, unknown } = parseApprovers(approval?.assignees ?? [], access);
    const request: ApprovalRequest = {
      ...(approval ?? { title: '', assignees: [], escalations: [], fields: [] }),
      asked: approvers.map(({ label }) => label),
      unknown,
    };
    const row: WaitRow = {
      run_id: run.id,
      path,
      app_id: run.appId,
      step_name: stepName,
      kind: 'approval',
      request: JSON.stringify(request),
      deadline: deadline ?? null,
      opened_at: clock.now(),
      answered_at: null,
      answer: null,
      id: createId('apr', 20),
      answered_by: null,
      answered_by_user: null,
      escalated_at: null,
      escalation_level: 0,
    };
    const { opened, told } = await database.transaction(async (transaction) => {
      const stored = await openWait(transaction, row);
      // Whoever was here before has asked them.
      if (stored.id === null || stored.id !== row.id) return { opened: stored, told: [] };
      const asked = { request, approvers, access, kind: 'approval' as const };
      return { opened: stored, told: await ask(transaction, { id: stored.id, run, row }, asked) };
    });
    notifications.announce(told);
    mails.wake();
    return opened;
  };

  /** Asks the next level as well, once. Those who were asked before may still answer: the first answer counts. */
  const escalate = async (run: RunHead, row: WaitRow, { id, next }: NextLevel): Promise<void> => {
    const now = clock.now();
    const access = await people.accessOf(placeOf(run));
    const before = requestOf(row);
    const { approvers, unknown } = parseApprovers(next.to, access);
    const to = [...approvers.map(({ label }) => label), ...unknown.map((text) => `${text} (unknown)`)];
    const request: ApprovalRequest = { ...before, escalated: [...(before.escalated ?? []), { at: now, to }] };
    // Unless it is said, they get as long as those had who were asked before.
    const usualMs = (row.deadline ?? now) - (row.escalated_at ?? row.opened_at);
    const deadline = now + Math.max(next.durationMs ?? usualMs, 1000);
    const level = row.escalation_level;
    const told = await database.transaction(async (transaction) => {
      if (!(await escalateWait(transaction, id, { now, deadline, level }))) return [];
      await saveRequest(transaction, row, JSON.stringify(request));
      const asked = { request, approvers, access, kind: 'escalation' as const, level };
      return ask(transaction, { id, run, row: { path: row.path, deadline } }, asked);
    });
    notifications.announce(told);
    mails.wake();
  };

  /** Nobody answered: who asked is told, and nobody is asked any more. */
  const expire = async (run: RunHead, row: WaitRow, id: string): Promise<void> => {
    // Who asked may have left since.
    const to = run.user === null ? [] : await notifications.findPeople(run.workspaceId, [run.user.id]);
    const told = await database.transaction(async (transaction) => {
      await closeApprovers(transaction, id);
      const settled = await notifications.settleApproval(transaction, id);
      await notifications.tell(transaction, {
        workspaceId: run.workspaceId,
        to,
        kind: 'answer',
        title: `Nobody answered in time: ${requestOf(row).title}`,
        app: { id: run.appId, environment: run.environment },
        key: `expired ${id}`,
      });
      return [...settled, ...to];
    });
    notifications.announce(told);
  };

  return {
    async open(run, asked) {
      let row = (await findWait(database.knex, run.id, asked.path)) ?? (await openFirst(run, asked));
      const isDue = (): boolean => row.answer === null && row.deadline !== null && clock.now() >= row.deadline;
      if (isDue() && row.id !== null) {
        const next = requestOf(row).escalations[row.escalation_level];
        if (next !== undefined) {
          await escalate(run, row, { id: row.id, next });
          row = (await findWait(database.knex, run.id, asked.path)) ?? row;
        } else await expire(run, row, row.id);
      }
      return stateOf(row, isDue());
    },
  };
}

/** More than this many are told by the bell only. */
const mostMails = 500;

function stateOf(row: WaitRow, isExpired: boolean): WaitState {
  return {
    ...(row.answer === null ? {} : { answer: JSON.parse(row.answer) as NonNullable<WaitState['answer']> }),
    isExpired,
    wakeAt: row.deadline ?? undefined,
    history: historyOf(row),
  };
}

function placeOf({ workspaceId, appId, environment }: RunHead): AppPlace {
  return { workspaceId, appId, environment };
}

function mailTo(
  { email }: AskedPerson,
  subject: string,
  about: { readonly request: ApprovalRequest; readonly run: RunHead; readonly row: Pick<WaitRow, 'path' | 'deadline'> },
) {
  const { request, run, row } = about;
  const until = row.deadline === null ? [] : [`To be answered by ${new Date(row.deadline).toUTCString()}.`];
  const lines = [
    request.title,
    request.message ?? '',
    ...until,
    'Answer here. Whoever has this link can answer as you:',
  ];
  return {
    email,
    subject: subject === '' ? 'A flow waits for your answer' : subject,
    text: lines.filter((line) => line !== '').join('\n\n'),
    step: { runId: run.id, path: row.path },
  };
}
