import type { Json } from '@fettle/base';
import { effectOf, type FlowActionManifest } from '@fettle/sdk';
import { implementFlowAction, type FlowActionContext, type FlowActionExtension } from '@fettle/sdk/server';
import { reachOf } from './allowed-hosts-of.ts';
import { createBroker } from './broker.ts';
import type { PluginCode } from './plugin-code.ts';
import { tableLimitsOf } from './table-limits.ts';

const usualTimeoutMs = 60_000;

/** A flow action whose code runs in the process of its plugin. */
export function pluginFlowAction(code: PluginCode, manifest: FlowActionManifest): FlowActionExtension {
  return implementFlowAction(manifest, () =>
    Promise.resolve({
      run: (context) => run(code, manifest, context),
      // Said from the settings alone: no code of a plugin runs for a report of what would be done.
      describe: (settings) => describe(manifest, settings),
    }),
  );
}

async function run(code: PluginCode, manifest: FlowActionManifest, context: FlowActionContext): Promise<Json> {
  context.signal.throwIfAborted();
  const settings = context.settings as Readonly<Record<string, Json>>;
  // What says that it only computes reaches nothing: flows are tested with such actions.
  const permissions = effectOf(manifest, settings) === 'none' ? {} : code.permissions;
  const process = await code.enter();
  return process.call({
    method: 'flow-action',
    input: {
      type: manifest.id,
      settings,
      secrets: permissions.secrets === true ? context.secrets : {},
      idempotencyKey: context.idempotencyKey,
      attempt: context.attempt,
      isDryRun: context.isDryRun,
      timeZone: context.timeZone,
      now: context.now(),
    },
    signal: context.signal,
    timeoutMs: manifest.timeoutMs ?? usualTimeoutMs,
    broker: createBroker({
      permissions,
      reach: reachOf(permissions, settings),
      fetch: code.fetch,
      storage: code.storage,
      signal: context.signal,
      log: context.log,
      data: { rows: context.data, limits: tableLimitsOf(manifest, settings) },
      network: context.network,
      files: context.files,
      platform: context.platform,
    }),
  });
}

function describe(manifest: FlowActionManifest, settings: Readonly<Record<string, Json>>): string {
  const value = manifest.summary === undefined ? undefined : settings[manifest.summary];
  const about = typeof value === 'string' || typeof value === 'number' ? `: ${String(value)}` : '';
  return `${manifest.title}${about}`.replaceAll(/\s+/g, ' ').slice(0, 300);
}
