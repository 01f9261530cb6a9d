import type { Knex } from 'knex';
import type { RunState } from '@fettle/flow';
import type { Approver } from './approvers.ts';

/** An approval with its run and app, as stored. Times are milliseconds since 1970. */
export interface ApprovalRow {
  readonly id: string;
  readonly run_id: string;
  readonly path: string;
  readonly workspace_id: string;
  readonly app_id: string;
  readonly app_name: string;
  readonly app_slug: string;
  readonly environment: 'development' | 'production';
  readonly request: string;
  readonly deadline: number | null;
  readonly opened_at: number;
  readonly escalation_level: number;
  readonly answered_at: number | null;
  readonly answer: string | null;
  readonly answered_by: string | null;
  readonly run_state: RunState;
  readonly run_user: string | null;
}

/** Where somebody looks for approvals: in a workspace, or in one app of it. */
export interface ApprovalShelf {
  readonly workspaceId: string;
  readonly appId: string | undefined;
}

/** What somebody may answer: what names them, and what names a role they have in an app. */
export interface Answering {
  readonly userId: string;
  readonly email: string;
  readonly roles: readonly RolesInApp[];
}

/** Roles in an app, of releases or of its draft. */
export interface RolesInApp {
  readonly appId: string;
  readonly environment: 'development' | 'production';
  readonly roles: readonly string[];
}

const endStates: readonly RunState[] = ['succeeded', 'failed', 'cancelled'];

export async function insertApprovers(
  knex: Knex,
  approval: {
    readonly id: string;
    readonly workspaceId: string;
    readonly appId: string;
    readonly environment: 'development' | 'production';
  },
  approvers: readonly Approver[],
): Promise<void> {
  if (approvers.length === 0) return;
  const { id, workspaceId, appId, environment } = approval;
  const place = { approval_id: id, workspace_id: workspaceId, app_id: appId, environment };
  await knex('flow_approver')
    .insert(approvers.map(({ kind, value }) => ({ ...place, kind, value, is_open: true })))
    .onConflict(['approval_id', 'kind', 'value'])
    .ignore();
}

/** Nothing is asked of anybody any more. */
export async function closeApprovers(knex: Knex, approvalId: string): Promise<void> {
  await knex('flow_approver').where({ approval_id: approvalId }).update({ is_open: false });
}

/** Closes those whose runs have ended without an answer. */
export async function closeEndedApprovers(knex: Knex): Promise<void> {
  await knex('flow_approver')
    .where({ is_open: true })
    .whereIn(
      'approval_id',
      knex('flow_wait')
        .join('flow_run', 'flow_run.id', 'flow_wait.run_id')
        .whereIn('flow_run.state', endStates)
        .whereNotNull('flow_wait.id')
        .select('flow_wait.id'),
    )
    .update({ is_open: false });
}

/** The roles that approvals of a workspace ask, by app and environment: those that are open, or all that there were. */
export async function listAskedRoles(
  knex: Knex,
  { workspaceId, appId }: ApprovalShelf,
  which: 'open' | 'all',
): Promise<readonly RolesInApp[]> {
  const query = knex('flow_approver').where({ workspace_id: workspaceId, kind: 'role' });
  if (which === 'open') query.where({ is_open: true });
  if (appId !== undefined) query.where({ app_id: appId });
  const rows = (await query.distinct('app_id', 'environment', 'value')) as {
    app_id: string;
    environment: 'development' | 'production';
    value: string;
  }[];
  const groups = Map.groupBy(rows, ({ app_id, environment }) => `${app_id} ${environment}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ appId: first.app_id, environment: first.environment, roles: group.map(({ value }) => value) }];
  });
}

function approvalsOf(knex: Knex, shelf: ApprovalShelf): Knex.QueryBuilder {
  const query = knex('flow_wait')
    .join('flow_run', 'flow_run.id', 'flow_wait.run_id')
    .join('app', 'app.id', 'flow_run.app_id')
    .where({ 'flow_wait.kind': 'approval', 'flow_run.workspace_id': shelf.workspaceId })
    .whereNotNull('flow_wait.id');
  return shelf.appId === undefined ? query : query.where({ 'flow_run.app_id': shelf.appId });
}

function asRows(query: Knex.QueryBuilder): Promise<ApprovalRow[]> {
  const selected = query.select(
    'flow_wait.id',
    'flow_wait.run_id',
    'flow_wait.path',
    'flow_wait.request',
    'flow_wait.deadline',
    'flow_wait.opened_at',
    'flow_wait.escalation_level',
    'flow_wait.answered_at',
    'flow_wait.answer',
    'flow_wait.answered_by',
    'flow_run.workspace_id',
    'flow_run.app_id',
    'flow_run.environment',
    'flow_run.state as run_state',
    'flow_run.user as run_user',
    'app.name as app_name',
    'app.slug as app_slug',
  );
  return (selected as unknown as Promise<ApprovalRow[]>).then((rows) => rows.map(withNumbers));
}

const numberOf = (value: number | null): number | null => (value === null ? null : Number(value));

function withNumbers(row: ApprovalRow): ApprovalRow {
  return {
    ...row,
    deadline: numberOf(row.deadline),
    opened_at: Number(row.opened_at),
    escalation_level: Number(row.escalation_level),
    answered_at: numberOf(row.answered_at),
  };
}

/** Narrows approvals to those that ask somebody. */
function asking(knex: Knex, query: Knex.QueryBuilder, { userId, email, roles }: Answering): Knex.QueryBuilder {
  return query.whereExists((approvers) =>
    approvers
      .from('flow_approver')
      .select(knex.raw('1'))
      .whereRaw('flow_approver.approval_id = flow_wait.id')
      .where((asked) => {
        asked
          .where({ 'flow_approver.kind': 'user', 'flow_approver.value': userId })
          .orWhere({ 'flow_approver.kind': 'email', 'flow_approver.value': email });
        for (const { appId, environment, roles: names } of roles)
          asked.orWhere((role) =>
            role
              .where({
                'flow_approver.kind': 'role',
                'flow_approver.app_id': appId,
                'flow_approver.environment': environment,
              })
              .whereIn('flow_approver.value', [...names]),
          );
      }),
  );
}

function open(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
  return query
    .whereNull('flow_wait.answered_at')
    .whereNotIn('flow_run.state', endStates)
    .where((due) => due.whereNull('flow_wait.deadline').orWhere('flow_wait.deadline', '>', now));
}

/** What waits for somebody, newest first. */
export async function listOpenApprovals(
  knex: Knex,
  shelf: ApprovalShelf,
  page: {
    readonly of: Answering;
    readonly now: number;
    readonly from: ApprovalPlace | undefined;
    readonly limit: number;
  },
): Promise<readonly ApprovalRow[]> {
  return asRows(behind(open(asking(knex, approvalsOf(knex, shelf), page.of), page.now), page));
}

export async function countOpenApprovals(
  knex: Knex,
  shelf: ApprovalShelf,
  { of, now }: { readonly of: Answering; readonly now: number },
): Promise<number> {
  const row = (await open(asking(knex, approvalsOf(knex, shelf), of), now)
    .count({ count: '*' })
    .first()) as { count: number | string } | undefined;
  return Number(row?.count ?? 0);
}

/** What somebody was asked and is over: answered by anybody, late, or no longer needed. Newest first. */
export async function listPastApprovals(
  knex: Knex,
  shelf: ApprovalShelf,
  page: {
    readonly of: Answering;
    readonly now: number;
    readonly from: ApprovalPlace | undefined;
    readonly limit: number;
  },
): Promise<readonly ApprovalRow[]> {
  const past = asking(knex, approvalsOf(knex, shelf), page.of).where((over) =>
    over
      .whereNotNull('flow_wait.answered_at')
      .orWhereIn('flow_run.state', endStates)
      .orWhere('flow_wait.deadline', '<=', page.now),
  );
  return asRows(behind(past, page));
}

/** A place in the list: newest first. */
export interface ApprovalPlace {
  readonly openedAt: number;
  readonly id: string;
}

function behind(
  query: Knex.QueryBuilder,
  { from, limit }: { readonly from: ApprovalPlace | undefined; readonly limit: number },
): Knex.QueryBuilder {
  query.orderBy('flow_wait.opened_at', 'desc').orderBy('flow_wait.id', 'desc').limit(limit);
  if (from !== undefined)
    query.where((older) =>
      older
        .where('flow_wait.opened_at', '<', from.openedAt)
        .orWhere((same) => same.where('flow_wait.opened_at', from.openedAt).where('flow_wait.id', '<', from.id)),
    );
  return query;
}

/** One approval that asks somebody; undefined for what does not. */
export async function findApproval(
  knex: Knex,
  shelf: ApprovalShelf,
  { id, of }: { readonly id: string; readonly of: Answering },
): Promise<ApprovalRow | undefined> {
  const [row] = await asRows(asking(knex, approvalsOf(knex, shelf), of).where({ 'flow_wait.id': id }).limit(1));
  return row;
}

/** Approvers of one approval whose roles are to be looked at. */
export async function listRolesOfApproval(knex: Knex, id: string): Promise<readonly RolesInApp[]> {
  const rows = (await knex('flow_approver').where({ approval_id: id, kind: 'role' }).select()) as {
    app_id: string;
    environment: 'development' | 'production';
    value: string;
  }[];
  return rows.map(({ app_id, environment, value }) => ({ appId: app_id, environment, roles: [value] }));
}

/** Notes that a level is asked, once. `level`: how many were before. False when it was, or it is answered or not due. */
export async function escalateWait(
  knex: Knex,
  id: string,
  { now, deadline, level }: { readonly now: number; readonly deadline: number; readonly level: number },
): Promise<boolean> {
  const changed = await knex('flow_wait')
    .where({ id, escalation_level: level })
    .whereNull('answered_at')
    .where('deadline', '<=', now)
    .update({ escalated_at: now, escalation_level: level + 1, deadline });
  return changed > 0;
}
