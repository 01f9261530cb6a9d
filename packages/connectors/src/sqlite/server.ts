import { access } from 'node:fs/promises';
import { upstreamError } from '@fettle/base';
import type { ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import { SqlSession } from '../sql/sql-session.ts';
import { sqliteBackup } from './backup.ts';
import { sqliteDialect } from './dialect.ts';
import { SqliteDriver } from './driver.ts';
import { introspectSqlite } from './introspect.ts';

/** Opens sessions on SQLite files. */
export const sqlite: ConnectorImplementation = { open };

function open(context: ConnectorContext): DataSession {
  const readOnly = context.settings['readOnly'] === true;
  const path = String(context.settings['file'] ?? '');
  const file = (): Promise<string> => existingFile(context, path);
  const driver = new SqliteDriver({ file, readOnly }, context);
  return new SqlSession({
    dialect: sqliteDialect,
    driver,
    trial: {},
    backup: sqliteBackup(file),
    introspect: (options) => introspectSqlite(driver, { readOnly }, options),
  });
}

/** SQLite would make a missing file, which hides a wrong path. */
async function existingFile(context: ConnectorContext, path: string): Promise<string> {
  const file = await context.resolveFile(path);
  try {
    await access(file);
  } catch (error) {
    throw upstreamError({
      code: 'data.file-missing',
      message: `There is no file "${path}".`,
      hint: 'Check the path in the settings of the data source.',
      cause: error,
    });
  }
  return file;
}
