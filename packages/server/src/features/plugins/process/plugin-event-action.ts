import type { Json } from '@fettle/base';
import type { EventActionManifest } from '@fettle/sdk';
import type { EventActionContext } from '@fettle/sdk/server';
import { reachOf } from './allowed-hosts-of.ts';
import { createBroker } from './broker.ts';
import type { PluginCode } from './plugin-code.ts';
import { tableLimitsOf } from './table-limits.ts';

/** What whoever runs an event action gives to it. What a plugin keeps, it keeps itself. */
export type EventActionMeans = Omit<EventActionContext, 'storage'>;

/** An event action whose code runs on the server. */
export interface ServerEventAction {
  readonly manifest: EventActionManifest;
  run(means: EventActionMeans): Promise<Json>;
}

const usualTimeoutMs = 30_000;

/** An event action whose code runs in the process of its plugin. */
export function pluginEventAction(code: PluginCode, manifest: EventActionManifest): ServerEventAction {
  return {
    manifest,
    async run({ settings, secrets, signal, idempotencyKey, now, log, network, data }) {
      signal.throwIfAborted();
      // What says that it only computes reaches nothing.
      const permissions = manifest.server?.effect === 'none' ? {} : code.permissions;
      const process = await code.enter();
      return process.call({
        method: 'event-action',
        input: {
          type: manifest.id,
          settings,
          secrets: permissions.secrets === true ? secrets : {},
          idempotencyKey,
          now: now(),
        },
        signal,
        timeoutMs: manifest.server?.timeoutMs ?? usualTimeoutMs,
        broker: createBroker({
          permissions,
          reach: reachOf(permissions, settings),
          fetch: code.fetch,
          storage: code.storage,
          signal,
          log,
          data: { rows: data, limits: tableLimitsOf(manifest, settings) },
          network,
        }),
      });
    },
  };
}
