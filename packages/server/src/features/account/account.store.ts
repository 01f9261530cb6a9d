import type { Knex } from 'knex';
import type { WorkspaceRole } from '@fettle/access';
import type { SessionUser } from '@fettle/contract';

/** A person as stored. */
export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
  readonly is_operator: boolean;
  readonly is_active: boolean;
  readonly created_at: string;
}

/** E-mail addresses are compared without case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

export async function insertAccount(knex: Knex, row: AccountRow): Promise<void> {
  await knex('account').insert(row);
}

export async function findAccount(
  knex: Knex,
  by: { readonly id: string } | { readonly email: string },
): Promise<AccountRow | undefined> {
  const row = (await knex('account').where(by).first()) as AccountRow | undefined;
  return row === undefined
    ? undefined
    : { ...row, is_operator: Boolean(row.is_operator), is_active: Boolean(row.is_active) };
}

export async function updateAccount(
  knex: Knex,
  id: string,
  change: Partial<Pick<AccountRow, 'name' | 'password_hash'>>,
): Promise<void> {
  await knex('account').where({ id }).update(change);
}

/** Notes that a person signed in. True when it was the first time. */
export async function noteSignIn(knex: Knex, id: string, at: string): Promise<boolean> {
  const changed = await knex('account').where({ id, first_sign_in_at: null }).update({ first_sign_in_at: at });
  return changed > 0;
}

/** The workspaces of a person, by name. */
export async function listWorkspacesOf(knex: Knex, userId: string): Promise<SessionUser['workspaces']> {
  const rows = (await knex('workspace_member')
    .join('workspace', 'workspace.id', 'workspace_member.workspace_id')
    .where('workspace_member.user_id', userId)
    .orderBy('workspace.name')
    .select('workspace.id', 'workspace.name', 'workspace.slug', 'workspace_member.role')) as {
    id: string;
    name: string;
    slug: string;
    role: WorkspaceRole;
  }[];
  return rows.map(({ id, name, slug, role }) => ({ id, name, slug, role }));
}

/** A person as their own browser knows them; undefined when there is none. */
export async function describeUser(knex: Knex, userId: string): Promise<SessionUser | undefined> {
  const account = await findAccount(knex, { id: userId });
  if (account === undefined || !account.is_active) return undefined;
  const { id, email, name, is_operator: isOperator } = account;
  return { id, email, name, isOperator, workspaces: await listWorkspacesOf(knex, userId) };
}
