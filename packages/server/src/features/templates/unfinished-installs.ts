import { createId } from '@fettle/base';
import { heldMs } from './install-record.ts';
import type { InstallMeans } from './install-template.ts';
import { changeInstall, listAbandoned, type InstallRow } from './installs.store.ts';
import { takeBack } from './take-back.ts';

/** Takes back what installs made whose server died. */
export interface UnfinishedInstalls {
  /** At the start, and from then on every few seconds. Call it before listening. */
  start(): Promise<void>;
  close(): void;
}

const everyMs = 3000;

/** Makes it. */
export function createUnfinishedInstalls(means: InstallMeans): UnfinishedInstalls {
  const { database, clock, log } = means;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const settle = async (row: InstallRow): Promise<void> => {
    const held: InstallRow = { ...row, holder: createId('holder') };
    const change = { holder: held.holder, held_until: clock.now() + heldMs };
    // Another server may do it in the same moment.
    if (!(await changeInstall(database.knex, row, change))) return;
    const outcome = await takeBack(means, held);
    log.warn({ template: row.template, workspaceId: row.workspace_id, outcome }, 'An unfinished install was settled');
  };
  const sweep = async (now: number | undefined): Promise<void> => {
    for (const row of await listAbandoned(database.knex, now)) {
      if (isClosed) return;
      await settle(row).catch((error: unknown) =>
        log.error({ err: error, template: row.template }, 'An unfinished install could not be taken back yet'),
      );
    }
  };
  const next = (): void => {
    timer = setTimeout(() => {
      sweep(clock.now())
        .catch((error: unknown) => log.warn({ err: error }, 'Unfinished installs could not be looked for'))
        .finally(() => {
          if (!isClosed) next();
        });
    }, everyMs).unref();
  };
  return {
    async start() {
      // On SQLite nobody else can be at work; on PostgreSQL another server may be.
      await sweep(database.kind === 'sqlite' ? undefined : clock.now());
      next();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
