import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { conflict } from '@fettle/base';
import type { ClientBase } from 'pg';

/** Rejects while a server has the SQLite store open. */
export function assertSqliteStopped(dataFolder: string): void {
  const file = join(dataFolder, 'fettle.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Only one connection can have the file to itself: a server that has it open keeps this one out.
    database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
  } catch {
    throw stillRunning();
  } finally {
    database.close();
  }
}

/** Rejects while servers are connected to the database. */
export async function assertPostgresStopped(client: ClientBase): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name = 'fettle' limit 1`,
  );
  if (rows.length > 0) throw stillRunning();
}

const stillRunning = (): Error =>
  conflict({
    code: 'server.running',
    message: 'A server is running on this data.',
    hint: 'Stop every server and worker first.',
  });
