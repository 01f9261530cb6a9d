import type { Database } from '../../database/database.ts';
import { listApps } from '../apps/apps.store.ts';
import type { AppsOfWorkspace } from '../data-sources/source-usage.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { RunningApps } from './running-apps.ts';

/** The apps of a workspace with their drafts and live releases, for those who ask what is in use. */
export function createAppsOfWorkspace(options: {
  readonly database: Database;
  readonly drafts: Drafts;
  readonly running: RunningApps;
}): AppsOfWorkspace {
  const { database, drafts, running } = options;
  return async (workspaceId) => {
    const apps = [];
    for (const row of await listApps(database.knex, workspaceId)) {
      const { draft } = await drafts.read(row.id);
      const live = row.live_release_id === null ? undefined : await running.versionOfRelease(row.live_release_id);
      apps.push({ id: row.id, name: row.name, definitions: live === undefined ? [draft.app] : [draft.app, live.app] });
    }
    return apps;
  };
}
