import { AppError, type Clock, type Json } from '@fettle/base';
import type { Database } from '../../database/database.ts';
import { deleteValue, findValue, listKeys, saveValue, sizeWithout } from './plugin-values.store.ts';

/** What one plugin keeps in one workspace: values by key. */
export interface PluginStorage {
  /** Null when there is none. */
  get(key: string): Promise<Json>;
  /** Throws when everything together would be larger than `mostBytes`. */
  set(key: string, value: Json, mostBytes: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** At most 1000. */
  keys(prefix: string): Promise<readonly string[]>;
}

const mostKeys = 1000;

/** Opens the storage of a plugin. No other plugin or workspace has these values. */
export function openPluginStorage(
  options: { readonly database: Database; readonly clock: Clock },
  owner: { readonly workspaceId: string; readonly pluginId: string },
): PluginStorage {
  const { database, clock } = options;
  const place = { workspace_id: owner.workspaceId, plugin_id: owner.pluginId };
  return {
    async get(key) {
      const value = await findValue(database.knex, place, key);
      return value === undefined ? null : (JSON.parse(value) as Json);
    },
    async set(key, value, mostBytes) {
      const text = JSON.stringify(value);
      const size = Buffer.byteLength(text) + Buffer.byteLength(key);
      await database.transaction(async (transaction) => {
        if ((await sizeWithout(transaction, place, key)) + size > mostBytes) throw full(mostBytes);
        await saveValue(transaction, place, {
          key,
          value: text,
          size,
          updated_at: new Date(clock.now()).toISOString(),
        });
      });
    },
    delete: (key) => deleteValue(database.knex, place, key),
    keys: async (prefix) => (await listKeys(database.knex, place, mostKeys)).filter((key) => key.startsWith(prefix)),
  };
}

function full(mostBytes: number): AppError {
  return new AppError('too-large', {
    code: 'plugin.storage-full',
    message: `The plugin may keep ${Math.floor(mostBytes / 1024)} kB in this workspace, and this would be more.`,
    hint: 'Let it keep less.',
  });
}
