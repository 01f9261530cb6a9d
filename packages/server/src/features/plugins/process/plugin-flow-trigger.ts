import { isJsonObject, notAllowed, type Json } from '@fettle/base';
import type { FlowTriggerManifest } from '@fettle/sdk';
import { implementFlowTrigger, type FlowSourceContext, type FlowTriggerExtension } from '@fettle/sdk/server';
import { reachOf } from './allowed-hosts-of.ts';
import { createBroker } from './broker.ts';
import type { PluginCode } from './plugin-code.ts';
import type { Broker } from './plugin-process.ts';
import { tableLimitsOf } from './table-limits.ts';

/** Code that neither rests nor asks for anything for so long hangs, in milliseconds. */
const usualSilentMs = 5 * 60_000;

/** A trigger whose code runs in a process of its plugin, for as long as its flow is live. */
export function pluginFlowTrigger(
  code: PluginCode,
  manifest: FlowTriggerManifest,
  silentMs = usualSilentMs,
): FlowTriggerExtension {
  return implementFlowTrigger(manifest, () =>
    Promise.resolve({
      run: async (context) => {
        try {
          await ask(code, manifest, { method: 'flow-trigger', context, silentMs, cursor: context.cursor() });
        } catch (error) {
          // It was told to stop: how it did is nothing to report.
          if (!context.signal.aborted) throw error;
        }
      },
      peek: async (context) => {
        const unkept: FlowSourceContext = {
          ...context,
          cursor: () => undefined,
          connected: () => undefined,
          deliver: onlyLooking,
          files: { write: onlyLooking },
        };
        const reply = await ask(code, manifest, { method: 'flow-trigger-peek', context: unkept, silentMs });
        return isJsonObject(reply) ? reply['found'] : undefined;
      },
    }),
  );
}

function onlyLooking(): Promise<never> {
  return Promise.reject(
    notAllowed({
      code: 'plugin.only-looking',
      message: 'Whoever only looks what waits starts no flow and keeps no file.',
      hint: 'Do that in "run".',
    }),
  );
}

async function ask(
  code: PluginCode,
  manifest: FlowTriggerManifest,
  {
    method,
    context,
    silentMs,
    cursor,
  }: {
    readonly method: 'flow-trigger' | 'flow-trigger-peek';
    readonly context: FlowSourceContext;
    readonly silentMs: number;
    readonly cursor?: Json | undefined;
  },
): Promise<Json> {
  const { permissions } = code;
  const settings = context.settings as Readonly<Record<string, Json>>;
  const { call, process } = await code.enter('sources');
  const limits = tableLimitsOf(manifest, settings);
  const broker = createBroker({
    permissions,
    reach: reachOf(permissions, settings),
    fetch: code.fetch,
    storage: code.storage,
    signal: context.signal,
    log: (level, message) => context.log(level, message),
    network: context.network,
    files: context.files,
    source: { context, limits, payload: manifest.payload },
  });
  const watched = watchSilence(broker, silentMs, () => process.hung());
  try {
    return await call({
      method,
      input: {
        type: manifest.id,
        settings,
        secrets: permissions.secrets === true ? context.secrets : {},
        name: context.name,
        now: context.now(),
        ...(cursor === undefined ? {} : { cursor }),
      },
      signal: context.signal,
      broker: watched.broker,
    });
  } finally {
    watched.stop();
  }
}

/** Calls back when nothing was asked for, and nothing is being answered, for too long. */
function watchSilence(broker: Broker, silentMs: number, hung: () => void): { readonly broker: Broker; stop(): void } {
  let open = 0;
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(hung, silentMs).unref();
  };
  wait();
  return {
    async broker(capability, input) {
      open += 1;
      clearTimeout(timer);
      try {
        return await broker(capability, input);
      } finally {
        open -= 1;
        clearTimeout(timer);
        if (open === 0) wait();
      }
    },
    stop() {
      // What is still being answered ends later, and must not begin to wait again.
      open = Number.POSITIVE_INFINITY;
      clearTimeout(timer);
    },
  };
}
