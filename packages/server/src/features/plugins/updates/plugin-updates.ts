import { AppError, type Clock } from '@fettle/base';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { PluginSources } from '../get-plugin.ts';
import type { PluginRow } from '../plugins.store.ts';
import { findNewer, type FoundVersion } from './find-newer.ts';
import { claimLook, findDue, findUpdate, saveUpdate, type PluginUpdateRow } from './plugin-updates.store.ts';

/** Looks for newer versions of installed plugins. It never installs any. */
export interface PluginUpdates {
  /** Looks now. */
  look(plugin: PluginRow): Promise<PluginUpdateRow>;
  /** Looks for those that nobody looked for since yesterday, some at a time and one after the other. */
  lookForDue(): Promise<void>;
  /** Does that by itself. Answers how to stop. */
  start(): () => void;
}

const dayMs = 24 * 60 * 60_000;
const perRound = 20;
const roundMs = 10 * 60_000;
const timeoutMs = 60_000;

/** Makes it. */
export function createPluginUpdates(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: PluginSources;
}): PluginUpdates {
  const { database, clock, log, sources } = options;
  const look = async (plugin: PluginRow): Promise<PluginUpdateRow> => {
    const place = { workspace_id: plugin.workspace_id, plugin_id: plugin.id };
    const before = await findUpdate(database.knex, place);
    const { version, mark } = { version: null, mark: null, ...before };
    const known: FoundVersion = { ...(version === null ? {} : { version }), ...(mark === null ? {} : { mark }) };
    let row: PluginUpdateRow;
    try {
      const found = await findNewer(sources, plugin, known, AbortSignal.timeout(timeoutMs));
      row = {
        ...place,
        looked_at: clock.now(),
        version: found.version ?? null,
        mark: found.mark ?? null,
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'bug')
        log.warn({ err: error, plugin: plugin.id }, 'Nobody could look for a newer version of a plugin');
      const problem = error instanceof AppError && error.kind !== 'bug' ? error.message : 'It failed unexpectedly.';
      row = {
        ...place,
        looked_at: clock.now(),
        version,
        mark,
        problem: problem.slice(0, 500),
      };
    }
    await saveUpdate(database.knex, row);
    return row;
  };
  const lookForDue = async (): Promise<void> => {
    const now = clock.now();
    const before = now - dayMs;
    for (const plugin of await findDue(database.knex, before, perRound)) {
      const place = { workspace_id: plugin.workspace_id, plugin_id: plugin.id };
      if (await claimLook(database.knex, place, { now, before })) await look(plugin);
    }
  };
  return {
    look,
    lookForDue,
    start() {
      let isLooking = false;
      const round = (): void => {
        if (isLooking) return;
        isLooking = true;
        lookForDue()
          .catch((error: unknown) => log.warn({ err: error }, 'Nobody could look for newer versions of plugins'))
          .finally(() => (isLooking = false));
      };
      const timer = setInterval(round, roundMs).unref();
      // Servers that start together do not ask together.
      const first = setTimeout(round, 30_000 + Math.random() * 60_000).unref();
      return () => {
        clearInterval(timer);
        clearTimeout(first);
      };
    },
  };
}
