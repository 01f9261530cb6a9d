import { builtInRoles, expandRoles, type Grant } from '@fettle/access';
import { inputError, notFound } from '@fettle/base';
import type { AppAccess } from '@fettle/definition';
import type { Database } from '../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../grants.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { Changes } from '../../changes/changes.ts';
import { assignedRoles } from '../running/assigned-roles.ts';
import type { RunningApps } from '../running/running-apps.ts';
import { listMembers } from '../workspaces/workspaces.store.ts';
import { listGivenRoles, saveGivenRoles } from './app-members.store.ts';

/** A role that can be given in an app. */
export interface AppRole {
  readonly id: string;
  readonly name: string;
  readonly isBuiltIn: boolean;
}

/** A member of the workspace and their roles in the app. */
export interface AppMember {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: string[];
  readonly effective: string[];
}

/** Who has which role in an app. */
export interface AppMembers {
  list(grant: Grant): Promise<{ readonly roles: AppRole[]; readonly members: AppMember[] }>;
  set(grant: Grant, userId: string, roles: readonly string[]): Promise<void>;
}

/** Makes the service. */
export function createAppMembers(options: {
  readonly database: Database;
  readonly audit: Audit;
  readonly drafts: Drafts;
  readonly running: Pick<RunningApps, 'versionOfRelease'>;
  readonly changes: Changes;
}): AppMembers {
  const { database, audit, changes, drafts, running } = options;
  return {
    async list(grant) {
      const appId = appIdOf(grant);
      const { row, draft } = await drafts.read(appId);
      // What people have now follows from the live release; before the first one, from the draft.
      const live = row.live_release_id === null ? undefined : await running.versionOfRelease(row.live_release_id);
      const access = live?.app.access ?? draft.app.access;
      const given = await listGivenRoles(database.knex, appId);
      const members = (await listMembers(database.knex, workspaceIdOf(grant))).map((member) => {
        const roles = given.get(member.userId);
        const assigned = assignedRoles(access, { workspaceRole: member.role, given: roles });
        const { userId, email, name } = member;
        return { userId, email, name, roles: [...(roles ?? [])], effective: [...expandRoles(assigned, access.roles)] };
      });
      return { roles: rolesOf(draft.app.access), members };
    },
    async set(grant, userId, roles) {
      const appId = appIdOf(grant);
      const { draft } = await drafts.read(appId);
      const known = new Set(rolesOf(draft.app.access).map(({ id }) => id));
      const unknown = roles.find((role) => !known.has(role));
      if (unknown !== undefined) {
        throw inputError({
          code: 'app-role.unknown',
          message: `The app has no role "${unknown}".`,
          hint: 'Add it in the access settings of the app first.',
        });
      }
      await database.transaction(async (transaction) => {
        const [member] = await listMembers(transaction, workspaceIdOf(grant), userId);
        if (member === undefined)
          throw notFound({ code: 'member.unknown', message: 'This person is not a member of the workspace.' });
        await saveGivenRoles(transaction, appId, userId, [...new Set(roles)]);
        await audit.record(
          {
            actor: grant.actor,
            action: 'app-members.set',
            workspaceId: workspaceIdOf(grant),
            target: `${appId} ${userId}`,
            details: { roles },
          },
          transaction,
        );
      });
      changes.tell('app-members', appId);
    },
  };
}

/** The roles that can be given in an app, strongest first. */
export function rolesOf(access: AppAccess): AppRole[] {
  return [
    ...builtInRoles.map(({ id, name }) => ({ id, name, isBuiltIn: true })),
    ...access.roles.map(({ id, name }) => ({ id, name, isBuiltIn: false })),
  ];
}
