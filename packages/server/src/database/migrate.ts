import type { Knex } from 'knex';
import { AppError, conflict } from '@fettle/base';
import type { Database } from './database.ts';

/** One step of the metadata schema: forward only, the same on SQLite and PostgreSQL, never edited after release. */
export interface Migration {
  /** The file's name: `000001-accounts`. Its number orders it. */
  readonly name: string;
  up(transaction: Knex.Transaction): Promise<void>;
}

const table = 'fettle_migration';
// Any number will do as long as it stays the same: it names the lock among all users of the database.
const lockNumber = 4300_001;

/**
 * Brings the schema up to date in one transaction: whatever is cut off when, the store is as it was or up to date. It
 * first takes the migration lock and then looks which steps are still needed, so processes that start together never
 * run one twice.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  await database.transaction(async (transaction) => {
    await lock(database, transaction);
    if (!(await transaction.schema.hasTable(table))) {
      await transaction.schema.createTable(table, (columns) => {
        columns.string('name', 120).primary();
        columns.string('applied_at', 30).notNullable();
      });
    }
  });
  const applied = await appliedNames(database.knex);
  refuseNewer(applied, migrations);
  if (migrations.every(({ name }) => applied.has(name))) return [];
  await checkIntegrity(database);
  return database.transaction(async (transaction) => {
    await lock(database, transaction);
    // Another process may have been first.
    const present = await appliedNames(transaction);
    const pending = migrations.filter(({ name }) => !present.has(name));
    for (const migration of pending) {
      await migration.up(transaction);
      await transaction(table).insert({ name: migration.name, applied_at: new Date().toISOString() });
    }
    return pending.map(({ name }) => name);
  });
}

/** Names of the migrations that a store has; none when it is new. */
export async function readApplied(database: Database): Promise<ReadonlySet<string>> {
  return (await database.knex.schema.hasTable(table)) ? appliedNames(database.knex) : new Set();
}

// SQLite transactions begin by taking the one write lock; PostgreSQL needs a lock of its own.
async function lock(database: Database, transaction: Knex.Transaction): Promise<void> {
  if (database.kind === 'postgres') await transaction.raw('select pg_advisory_xact_lock(?)', [lockNumber]);
}

async function appliedNames(knex: Knex): Promise<ReadonlySet<string>> {
  return new Set<string>(await knex(table).pluck('name'));
}

function refuseNewer(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = [...applied].filter((name) => !known.has(name)).sort();
  if (newer.length === 0) return;
  throw conflict({
    code: 'database.newer',
    message: `The metadata store was written by a newer Fettle (it has ${newer.join(', ')}).`,
    hint: 'Start the newer version again, or restore a backup made before the upgrade.',
  });
}

async function checkIntegrity(database: Database): Promise<void> {
  if (database.kind !== 'sqlite') return;
  const rows = (await database.knex.raw('pragma quick_check(1)')) as readonly Record<string, unknown>[];
  const verdict = rows[0] === undefined ? 'ok' : String(Object.values(rows[0])[0]);
  if (verdict === 'ok') return;
  throw new AppError('unavailable', {
    code: 'database.damaged',
    message: `The metadata store is damaged: ${verdict}.`,
    hint: 'Restore fettle.db from a backup. Nothing was changed.',
  });
}
