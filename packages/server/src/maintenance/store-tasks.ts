import { systemClock } from '@fettle/base';
import type { Config } from '../config.ts';
import { openDatabase, type Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { createAudit } from '../features/audit/audit.service.ts';
import { createPasswords } from '../features/session/passwords.ts';
import { insertOwner } from '../features/setup/setup.service.ts';
import { createLog } from '../log.ts';
import { settleRestore } from './switch-data.ts';

/** Opens the store of an installation that no server need be running on. */
async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  await settleRestore(config.dataFolder);
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    maxConnections: 2,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Brings the metadata store up to date, as a whole or not at all. Answers the migrations that ran. */
export function migrateStore(config: Config): Promise<readonly string[]> {
  return withDatabase(config, (database) => migrate(database, migrations));
}

/** Makes the first owner, without the token of the log. */
export function createOwner(
  config: Config,
  owner: { readonly email: string; readonly name: string; readonly password: string; readonly workspaceName: string },
): Promise<string> {
  return withDatabase(config, async (database) => {
    await migrate(database, migrations);
    const audit = createAudit({ database, clock: systemClock, log: createLog('error') });
    const { password, ...rest } = owner;
    const passwordHash = await createPasswords().hash(password);
    return database.transaction((transaction) =>
      insertOwner({ clock: systemClock, audit }, transaction, { ...rest, passwordHash }),
    );
  });
}
