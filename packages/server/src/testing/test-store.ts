import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { openDatabase, type Database } from '../database/database.ts';
import { queuedRun } from './queued-run.ts';
import { createPostgresDatabase, type storeKinds } from './test-server.ts';

/** A metadata store with one app and no server on it: nothing happens there by itself. */
export interface TestStore {
  readonly database: Database;
  readonly workspaceId: string;
  readonly appId: string;
  /** Adds a run that has not begun; answers its id. */
  addRun(facts?: Readonly<Record<string, unknown>>): Promise<string>;
  stop(): Promise<void>;
}

/** Opens one. */
export async function openTestStore(kind: (typeof storeKinds)[number]): Promise<TestStore> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fettle-store-'));
  const postgres = kind === 'postgres' ? await createPostgresDatabase() : undefined;
  const database = await openDatabase({
    dataFolder,
    ...(postgres === undefined ? {} : { databaseUrl: postgres.url }),
    maxConnections: 8,
  });
  await migrate(database, migrations);
  const at = new Date().toISOString();
  const place = { workspaceId: 'wsp_1', appId: 'app_1' };
  await database.knex('workspace').insert({ id: place.workspaceId, name: 'One', slug: 'one', created_at: at });
  await database.knex('app').insert({
    id: place.appId,
    workspace_id: place.workspaceId,
    name: 'One',
    slug: 'one-app',
    description: '',
    revision: 0,
    draft_hash: '',
    created_at: at,
    updated_at: at,
    updated_by: 'test',
  });
  return {
    ...place,
    database,
    async addRun(facts = {}) {
      const row = { ...queuedRun(place), ...facts };
      await database.knex('flow_run').insert(row);
      return row.id;
    },
    async stop() {
      await database.close();
      await postgres?.drop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
