import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@fettle/base';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { openDatabase, type Database } from '../database/database.ts';
import type { NewRunRow } from '../features/flows/runs.store.ts';
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
  const run: Omit<NewRunRow, 'id' | 'created_at'> = {
    workspace_id: place.workspaceId,
    app_id: place.appId,
    flow_id: 'flw_1',
    version: 'rel_1',
    environment: 'production',
    state: 'queued',
    trigger: '{}',
    user: null,
    is_dry_run: false,
    depth: 0,
    parent_id: null,
    parent_path: null,
    dedupe_key: null,
    priority: 0,
    concurrency_key: null,
    concurrency_limit: null,
    rate_key: null,
    rate_limit: null,
    rate_period_ms: null,
    fence: 0,
    claimed_by: null,
    lease_until: null,
    wake_at: null,
    is_woken: false,
    is_cancel_requested: false,
    vars: '{}',
    output: null,
    error: null,
    started_at: null,
    finished_at: null,
    origin: null,
    rerun_of: null,
    rerun_from: null,
    rerun_by: null,
  };
  return {
    ...place,
    database,
    async addRun(facts = {}) {
      const id = createId('run', 20);
      await database.knex('flow_run').insert({ id, created_at: Date.now(), ...run, ...facts });
      return id;
    },
    async stop() {
      await database.close();
      await postgres?.drop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
