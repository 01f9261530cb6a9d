import { workspaceRoleOf, type Actor } from '@fettle/access';
import { notFound, type Clock } from '@fettle/base';
import { withFunctions, type App, type AppAccess } from '@fettle/definition';
import { createExpiringCache } from '../../caching/expiring-cache.ts';
import type { Changes } from '../../changes/changes.ts';
import type { Database } from '../../database/database.ts';
import { absent } from '../../http/check-access.ts';
import { findGivenRoles } from '../app-members/app-members.store.ts';
import { loadFrozen } from '../apps/app-content.ts';
import { findApp, type AppRow } from '../apps/apps.store.ts';
import type { RunningApp } from '../apps/running-app.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import { readReleaseFiles } from '../releases/releases.store.ts';
import { createAppVersion, type AppVersion, type RoleView } from './app-versions.ts';
import { assignedRoles } from './assigned-roles.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** A running app together with what its browser gets. */
export interface OpenedApp extends RunningApp {
  readonly view: RoleView;
}

/** A published app, for what is no request of a person. */
export interface LiveApp {
  readonly appId: string;
  readonly workspaceId: string;
  /** Id of the live release. */
  readonly version: string;
  readonly app: App;
}

/** Apps as they run: releases for those with a role, drafts for builders. */
export interface RunningApps {
  findApp(appId: string): { readonly workspaceId: string } | Promise<{ readonly workspaceId: string } | undefined>;
  openRelease(app: string, actor: Actor): OpenedApp | Promise<OpenedApp>;
  openDraft(appId: string, actor: Actor, role: string | undefined): OpenedApp | Promise<OpenedApp>;
  /** The live release by the app's address. Nobody's rights are looked at: whoever asks decides by other means. */
  liveApp(app: string): LiveApp | undefined | Promise<LiveApp | undefined>;
  /** Roles as the live release has them, or as the draft has for trials and apps without a release. */
  accessOf(appId: string, environment: 'development' | 'production'): Promise<AppAccess | undefined>;
  /** The live release as a version, for lists and usage. */
  versionOfRelease(releaseId: string): Promise<AppVersion>;
  /** What apps are made of changed: the extensions of a workspace. */
  forgetVersions(): void;
}

/** What running apps needs. */
export interface RunningAppsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly catalogOf: CatalogOf;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly changes: Changes;
}

// A process that does not hear of a change learns of it within a second.
const maxAgeMs = 800;

interface Given {
  readonly appId: string;
  readonly userId: string;
  readonly roles: readonly string[] | undefined;
}

/**
 * Everything a request to a running app needs is held in memory and looked up without waiting: where the app is, its
 * live release (immutable, kept by id), the roles of the person, and what those roles may do.
 */
export function createRunningApps({ database, clock, catalogOf, drafts, changes }: RunningAppsOptions): RunningApps {
  const rows = createExpiringCache<AppRow | undefined>({ clock, maxAgeMs, maxEntries: 5_000 });
  const given = createExpiringCache<Given>({ clock, maxAgeMs, maxEntries: 50_000 });
  const releases = createExpiringCache<AppVersion>({ clock, maxAgeMs: Number.POSITIVE_INFINITY, maxEntries: 60 });
  const draftVersions = createExpiringCache<AppVersion>({ clock, maxAgeMs, maxEntries: 60 });

  // Whatever changed holds from the next request on.
  changes.on('app', (appId) => {
    rows.forgetWhere((row, key) => row === undefined || row.id === appId || key === appId);
    draftVersions.forgetWhere((_, key) => key.startsWith(`${appId} `));
  });
  changes.on('app-members', (appId) => given.forgetWhere((entry) => entry.appId === appId));
  changes.on('user', (userId) => given.forgetWhere((entry) => entry.userId === userId));

  const rowOf = (app: string): AppRow | undefined | Promise<AppRow | undefined> =>
    rows.peek(app) ??
    rows.get(app, async () => (await findApp(database.knex, { slug: app })) ?? findApp(database.knex, { id: app }));
  const versionOfRelease = (releaseId: string): AppVersion | Promise<AppVersion> =>
    releases.peek(releaseId) ??
    releases.get(releaseId, async () => {
      const release = await readReleaseFiles(database.knex, releaseId);
      if (release === undefined) throw notFound({ code: 'release.unknown', message: 'This release is gone.' });
      const catalog = catalogOf(release.workspaceId);
      return createAppVersion(releaseId, loadFrozen(release, catalog, `Release ${releaseId}`), catalog);
    });
  const givenTo = (appId: string, userId: string): Given | Promise<Given> => {
    const key = `${appId} ${userId}`;
    return (
      given.peek(key) ??
      given.get(key, async () => ({ appId, userId, roles: await findGivenRoles(database.knex, appId, userId) }))
    );
  };

  const openRow = (row: AppRow, version: AppVersion, actor: Actor, roles: readonly string[] | undefined): OpenedApp => {
    const workspaceRole = workspaceRoleOf(actor, row.workspace_id);
    const assigned = assignedRoles(version.app.access, { workspaceRole, given: roles });
    // Somebody of another workspace learns nothing, not even that the app is there.
    if (assigned.length === 0 && workspaceRole === undefined) throw absent(actor);
    return opened(row, { version, view: version.viewOf(assigned), environment: 'production', actor });
  };
  const openReleaseSlowly = async (app: string, actor: Actor): Promise<OpenedApp> => {
    const row = await rowOf(app);
    if (row === undefined || row.live_release_id === null) throw absent(actor);
    const version = await versionOfRelease(row.live_release_id);
    const roles = actor.kind === 'user' ? (await givenTo(row.id, actor.id)).roles : undefined;
    return openRow(row, version, actor, roles);
  };

  const liveSlowly = async (app: string): Promise<LiveApp | undefined> => {
    const row = await rowOf(app);
    return row === undefined || row.live_release_id === null
      ? undefined
      : liveOf(row, await versionOfRelease(row.live_release_id));
  };

  return {
    liveApp(app) {
      const row = rows.peek(app);
      const version =
        row === undefined || row.live_release_id === null ? undefined : releases.peek(row.live_release_id);
      return row === undefined || version === undefined ? liveSlowly(app) : liveOf(row, version);
    },
    async accessOf(appId, environment) {
      const row = await rowOf(appId);
      if (row === undefined) return undefined;
      if (environment === 'production' && row.live_release_id !== null)
        return (await versionOfRelease(row.live_release_id)).app.access;
      return (await drafts.read(appId)).draft.app.access;
    },
    versionOfRelease: async (releaseId) => versionOfRelease(releaseId),
    findApp: (appId) => {
      const row = rows.peek(appId);
      if (row !== undefined && row.id === appId) return { workspaceId: row.workspace_id };
      return (async () => {
        const found = await rowOf(appId);
        return found?.id === appId ? { workspaceId: found.workspace_id } : undefined;
      })();
    },
    openRelease(app, actor) {
      const row = rows.peek(app);
      const version =
        row === undefined || row.live_release_id === null ? undefined : releases.peek(row.live_release_id);
      if (row === undefined || version === undefined) return openReleaseSlowly(app, actor);
      if (actor.kind !== 'user') return openRow(row, version, actor, undefined);
      const known = given.peek(`${row.id} ${actor.id}`);
      return known === undefined ? openReleaseSlowly(app, actor) : openRow(row, version, actor, known.roles);
    },
    async openDraft(appId, actor, role) {
      const row = await rowOf(appId);
      if (row === undefined) throw absent(actor);
      const version = await draftVersions.get(`${appId} ${row.revision}`, async () => {
        const { row: newest, draft } = await drafts.read(appId);
        const catalog = catalogOf(newest.workspace_id);
        const app = withFunctions(draft.app, catalog.functions);
        return createAppVersion(`draft-${newest.revision}`, app, catalog);
      });
      return opened(row, { version, view: version.viewOf([role ?? 'admin']), environment: 'development', actor });
    },
    forgetVersions() {
      releases.forgetAll();
      draftVersions.forgetAll();
    },
  };
}

const liveOf = (row: AppRow, { version, app }: AppVersion): LiveApp => ({
  appId: row.id,
  workspaceId: row.workspace_id,
  version,
  app,
});

function opened(
  row: AppRow,
  facts: {
    readonly version: AppVersion;
    readonly view: RoleView;
    readonly environment: 'development' | 'production';
    readonly actor: Actor;
  },
): OpenedApp {
  const { version, view, environment, actor } = facts;
  return {
    appId: row.id,
    workspaceId: row.workspace_id,
    slug: row.slug,
    environment,
    version: version.version,
    app: version.app,
    roles: view.roles,
    rights: view.rights,
    user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name } : null,
    view,
  };
}
