import { expandRoles, workspaceRoleOf, type UserActor } from '@fettle/access';
import type { AppAccess } from '@fettle/definition';
import type { Database, StoreAccess } from '../../database/database.ts';
import { findGivenRoles, listGivenRoles } from '../app-members/app-members.store.ts';
import { assignedRoles } from '../running/assigned-roles.ts';
import type { RunningApps } from '../running/running-apps.ts';
import { listMembers } from '../workspaces/workspaces.store.ts';
import type { RolesInApp } from './approvals.store.ts';
import type { Approver } from './approvers.ts';

/** An app in one of its environments. */
export interface AppPlace {
  readonly workspaceId: string;
  readonly appId: string;
  readonly environment: 'development' | 'production';
}

/** A member who is asked, or an address that belongs to none. */
export interface AskedPerson {
  readonly userId: string | undefined;
  readonly email: string;
}

/** Finds out who stands behind the names of an approval, as rights are now. */
export interface ApproverPeople {
  /** Roles of the app as they are. Looked up before a transaction begins: it needs the store. */
  accessOf(place: AppPlace): Promise<AppAccess | undefined>;
  /** Everybody who is asked, each once. */
  resolve(
    knex: StoreAccess,
    place: AppPlace,
    asked: { readonly approvers: readonly Approver[]; readonly access: AppAccess | undefined },
  ): Promise<readonly AskedPerson[]>;
  /** Of these roles of apps, those that a person has. */
  rolesOf(workspaceId: string, actor: UserActor, asked: readonly RolesInApp[]): Promise<readonly RolesInApp[]>;
}

/** Makes the look-up. */
export function createApproverPeople({
  database,
  running,
}: {
  readonly database: Database;
  readonly running: Pick<RunningApps, 'accessOf'>;
}): ApproverPeople {
  return {
    accessOf: ({ appId, environment }) => running.accessOf(appId, environment),
    async resolve(knex, { workspaceId, appId }, { approvers, access }) {
      const wanted = (kind: Approver['kind']): ReadonlySet<string> =>
        new Set(approvers.filter((approver) => approver.kind === kind).map(({ value }) => value));
      const [users, emails, roles] = [wanted('user'), wanted('email'), wanted('role')];
      const given = access === undefined || roles.size === 0 ? undefined : await listGivenRoles(knex, appId);
      const members = (await listMembers(knex, workspaceId)).filter(({ isActive }) => isActive);
      const asked: AskedPerson[] = [];
      const known = new Set<string>();
      for (const { userId, email, role } of members) {
        known.add(email);
        const own = { workspaceRole: role, given: given?.get(userId) };
        const hasRole =
          access !== undefined &&
          roles.size > 0 &&
          [...expandRoles(assignedRoles(access, own), access.roles)].some((id) => roles.has(id));
        if (users.has(userId) || emails.has(email) || hasRole) asked.push({ userId, email });
      }
      const strangers = [...emails].filter((email) => !known.has(email));
      return [...asked, ...strangers.map((email) => ({ userId: undefined, email }))];
    },
    async rolesOf(workspaceId, actor, asked) {
      const own: RolesInApp[] = [];
      const workspaceRole = workspaceRoleOf(actor, workspaceId);
      if (workspaceRole === undefined) return own;
      for (const { appId, environment, roles } of asked) {
        const access = await running.accessOf(appId, environment);
        if (access === undefined) continue;
        const given = await findGivenRoles(database.knex, appId, actor.id);
        const mine = expandRoles(assignedRoles(access, { workspaceRole, given }), access.roles);
        const both = roles.filter((id) => mine.has(id));
        if (both.length > 0) own.push({ appId, environment, roles: both });
      }
      return own;
    },
  };
}
