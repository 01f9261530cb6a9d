import { conflict, createId, type Clock } from '@fettle/base';
import type { Environment, InstallStep } from '@fettle/contract';
import { isUniqueViolation, type Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { claimTables, changeInstall, insertInstall, listClaimedNames, type InstallRow } from './installs.store.ts';

/** How long a record is held without a sign of life, and how often one is given. */
export const heldMs = 10_000;
const renewMs = 2000;

/** A table that is about to be made. */
export interface ClaimedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What an install writes down before it does it, so that it can be taken back by whoever comes after a crash. */
export interface InstallRecord {
  readonly row: InstallRow;
  /** Says what is done next. Throws when the record is not held any more. */
  at(step: InstallStep, environment?: Environment): Promise<void>;
  /** Has names chosen that no other install has, and writes them down. */
  claim<T extends { readonly tables: readonly ClaimedTable[] }>(
    dataSource: string,
    choose: (claimed: readonly string[]) => T,
  ): Promise<T>;
  /** Gives no more signs of life. */
  letGo(): void;
}

/** Begins the record of an install. */
export async function beginRecord(
  means: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  given: Pick<InstallRow, 'workspace_id' | 'template' | 'name' | 'watch_key' | 'makes_source'>,
): Promise<InstallRecord> {
  const { database, clock, log } = means;
  const row: InstallRow = {
    ...given,
    id: createId('install'),
    step: 'tables',
    environment: null,
    app_id: createId('app'),
    started_at: clock.now(),
    holder: createId('holder'),
    held_until: clock.now() + heldMs,
  };
  await insertInstall(database.knex, row);
  const renew = (): Promise<boolean> => changeInstall(database.knex, row, { held_until: clock.now() + heldMs });
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'An install could not say that it goes on'));
  }, renewMs).unref();
  return {
    row,
    async at(step, environment) {
      const change = { step, environment: environment ?? null, held_until: clock.now() + heldMs };
      if (!(await changeInstall(database.knex, row, change))) throw lost();
    },
    async claim(dataSource, choose) {
      for (let attempt = 0; ; attempt += 1) {
        const chosen = choose(await listClaimedNames(database.knex, dataSource));
        const rows = chosen.tables.map(({ name, columns }) => ({
          data_source_id: dataSource,
          name,
          install_id: row.id,
          columns: JSON.stringify(columns),
        }));
        try {
          await database.transaction((transaction) => claimTables(transaction, rows));
          return chosen;
        } catch (error) {
          // Another server wrote one of them down in the same moment.
          if (!isUniqueViolation(error) || attempt === 4) throw error;
        }
      }
    },
    letGo: () => clearInterval(timer),
  };
}

/** Another server took this install for dead, and takes back what it made. */
export const lost = () =>
  conflict({
    code: 'template.install-lost',
    message: 'Installing took so long without a sign of life that it was taken back.',
    hint: 'Install the template again.',
  });
