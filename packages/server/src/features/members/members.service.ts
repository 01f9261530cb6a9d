import { isAtLeast, type Grant, type WorkspaceRole } from '@fettle/access';
import { conflict, createId, inputError, notAllowed, notFound, type Clock } from '@fettle/base';
import type { WorkspaceMember } from '@fettle/contract';
import { isUniqueViolation, type Database, type StoreAccess, type StoreTransaction } from '../../database/database.ts';
import { roleOf, workspaceIdOf } from '../../grants.ts';
import { findAccount, insertAccount, normaliseEmail } from '../account/account.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Happenings } from '../flows/triggers/happenings.ts';
import type { Passwords } from '../session/passwords.ts';
import type { Sessions } from '../session/session.service.ts';
import * as store from '../workspaces/workspaces.store.ts';
import { tellOfMember, type MemberEvent } from './tell-of-member.ts';

/** A person to add: known by e-mail, or new with a first password. */
export interface NewMember {
  readonly email: string;
  readonly name?: string;
  readonly role: WorkspaceRole;
  readonly password?: string;
}

/** Who belongs to a workspace. Nobody gives or takes a role above their own, and one owner always stays. */
export interface Members {
  list(grant: Grant): Promise<readonly WorkspaceMember[]>;
  add(grant: Grant, member: NewMember): Promise<WorkspaceMember>;
  setRole(grant: Grant, userId: string, role: WorkspaceRole): Promise<WorkspaceMember>;
  remove(grant: Grant, userId: string): Promise<void>;
}

/** What the member service needs. */
export interface MembersOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly happenings: Happenings;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
}

/** Makes the member service. */
export function createMembers(options: MembersOptions): Members {
  const { database, clock, audit, passwords } = options;
  const read = async (knex: StoreAccess, workspaceId: string, userId: string): Promise<WorkspaceMember> => {
    const [member] = await store.listMembers(knex, workspaceId, userId);
    if (member === undefined) throw notFound({ code: 'member.unknown', message: 'This person is not a member.' });
    return member;
  };
  const tell = (
    transaction: StoreTransaction,
    grant: Grant,
    event: Pick<MemberEvent, 'kind' | 'user' | 'role' | 'before'>,
  ): Promise<void> =>
    tellOfMember(options.happenings, transaction, {
      ...event,
      workspaceId: workspaceIdOf(grant),
      actor: grant.actor,
      now: clock.now(),
    });
  const changed = (userId: string): void => options.sessions.forget(userId);
  return {
    list: async (grant) => store.listMembers(database.knex, workspaceIdOf(grant)),
    async add(grant, given) {
      assertMayGive(roleOf(grant), given.role);
      const workspaceId = workspaceIdOf(grant);
      const email = normaliseEmail(given.email);
      const passwordHash = given.password === undefined ? undefined : await passwords.hash(given.password);
      const at = new Date(clock.now()).toISOString();
      const userId = await addInTransaction(database, async (transaction) => {
        await store.lockWorkspace(transaction, workspaceId);
        const id = await accountFor(transaction, { ...given, email, passwordHash, at });
        if ((await store.listMembers(transaction, workspaceId, id)).length > 0) throw alreadyMember();
        await store.insertMember(transaction, {
          workspace_id: workspaceId,
          user_id: id,
          role: given.role,
          added_at: at,
        });
        await audit.record(
          { actor: grant.actor, action: 'members.add', workspaceId, target: id, details: { email, role: given.role } },
          transaction,
        );
        const added = await read(transaction, workspaceId, id);
        await tell(transaction, grant, { kind: 'invited', user: personOf(added), role: given.role, before: null });
        return id;
      });
      changed(userId);
      return read(database.knex, workspaceId, userId);
    },
    async setRole(grant, userId, role) {
      const workspaceId = workspaceIdOf(grant);
      assertMayGive(roleOf(grant), role);
      await database.transaction(async (transaction) => {
        await store.lockWorkspace(transaction, workspaceId);
        const member = await read(transaction, workspaceId, userId);
        assertMayGive(roleOf(grant), member.role);
        if (member.role === 'owner' && role !== 'owner') await assertOwnerStays(transaction, workspaceId);
        await store.updateMemberRole(transaction, workspaceId, userId, role);
        await audit.record(
          {
            actor: grant.actor,
            action: 'members.update',
            workspaceId,
            target: userId,
            details: { from: member.role, to: role },
          },
          transaction,
        );
        if (member.role !== role)
          await tell(transaction, grant, { kind: 'role-changed', user: personOf(member), role, before: member.role });
      });
      changed(userId);
      return read(database.knex, workspaceId, userId);
    },
    async remove(grant, userId) {
      const workspaceId = workspaceIdOf(grant);
      await database.transaction(async (transaction) => {
        await store.lockWorkspace(transaction, workspaceId);
        const member = await read(transaction, workspaceId, userId);
        assertMayGive(roleOf(grant), member.role);
        if (member.role === 'owner') await assertOwnerStays(transaction, workspaceId);
        await store.deleteMember(transaction, workspaceId, userId);
        await audit.record(
          {
            actor: grant.actor,
            action: 'members.remove',
            workspaceId,
            target: userId,
            details: { email: member.email },
          },
          transaction,
        );
        await tell(transaction, grant, { kind: 'removed', user: personOf(member), role: null, before: member.role });
      });
      changed(userId);
    },
  };
}

function personOf({ userId, email, name }: WorkspaceMember): MemberEvent['user'] {
  return { id: userId, email, name };
}

function assertMayGive(own: WorkspaceRole, role: WorkspaceRole): void {
  if (isAtLeast(own, role)) return;
  throw notAllowed({
    code: 'member.role-above-own',
    message: `Your role is ${own}; you cannot give or take the role ${role}.`,
    hint: `Ask somebody with the role ${role}.`,
  });
}

async function assertOwnerStays(knex: StoreAccess, workspaceId: string): Promise<void> {
  if ((await store.countOwners(knex, workspaceId)) > 1) return;
  throw conflict({
    code: 'member.last-owner',
    message: 'A workspace needs an owner, and this is the last one.',
    hint: 'Give somebody else the role owner first.',
  });
}

interface AccountRequest extends NewMember {
  readonly passwordHash: string | undefined;
  readonly at: string;
}

async function accountFor(transaction: StoreTransaction, given: AccountRequest): Promise<string> {
  const known = await findAccount(transaction, { email: given.email });
  if (known !== undefined) {
    if (given.passwordHash === undefined) return known.id;
    throw conflict({
      code: 'member.has-account',
      message: 'This person already has an account with a password of their own.',
      hint: 'Add them without a password.',
    });
  }
  if (given.passwordHash === undefined) {
    throw inputError({
      code: 'member.password-needed',
      message: 'This person is new here.',
      hint: 'Give them a first password of at least 10 characters.',
    });
  }
  const id = createId('usr');
  await insertAccount(transaction, {
    id,
    email: given.email,
    name: given.name ?? given.email.split('@')[0] ?? given.email,
    password_hash: given.passwordHash,
    is_operator: false,
    is_active: true,
    created_at: given.at,
  });
  return id;
}

/** Of two that add the same person at once, the second is told so. */
async function addInTransaction(
  database: Database,
  work: (transaction: StoreTransaction) => Promise<string>,
): Promise<string> {
  try {
    return await database.transaction(work);
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyMember() : error;
  }
}

function alreadyMember(): Error {
  return conflict({
    code: 'member.exists',
    message: 'This person is already a member.',
    hint: 'Change their role in the list of members.',
  });
}
