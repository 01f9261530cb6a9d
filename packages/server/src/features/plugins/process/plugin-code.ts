import type { PluginPermissions } from '@fettle/sdk/plugin';
import type { ServerFetch } from '../../../outbound/guarded-fetch.ts';
import type { PluginStorage } from '../plugin-storage.ts';
import type { PluginRun } from './plugin-processes.ts';

/** The code of one installed plugin, and what it is given. */
export interface PluginCode {
  readonly permissions: PluginPermissions;
  readonly fetch: ServerFetch;
  readonly storage: PluginStorage;
  /** Its process, started when it is not there. */
  enter(part?: 'sources'): Promise<PluginRun>;
}
