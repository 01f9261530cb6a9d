import type { Actor } from '@fettle/access';
import type { Database } from '../../database/database.ts';
import { listApps } from '../apps/apps.store.ts';
import type { RunningApps } from './running-apps.ts';

/** A published app as people see it in their list. */
export interface AppTile {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly icon: string | null;
  readonly description: string;
}

/** The published apps of a workspace that somebody has a role in. */
export interface MyApps {
  list(workspaceId: string, actor: Actor): Promise<AppTile[]>;
}

/** Makes the list. Names are those of the live release: drafts are nobody's business. */
export function createMyApps({
  database,
  running,
}: {
  readonly database: Database;
  readonly running: RunningApps;
}): MyApps {
  return {
    async list(workspaceId, actor) {
      const tiles: AppTile[] = [];
      for (const row of await listApps(database.knex, workspaceId)) {
        if (row.live_release_id === null) continue;
        const { app, roles } = await running.openRelease(row.id, actor);
        if (roles.size === 0) continue;
        const { name, icon, description } = app.app;
        tiles.push({ id: row.id, slug: row.slug, name, icon: icon ?? null, description: description ?? '' });
      }
      return tiles.sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}
