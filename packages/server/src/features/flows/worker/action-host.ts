import { AppError, bug, type Clock, type Json } from '@fettle/base';
import type { ActionHost } from '@fettle/flow';
import { effectOf } from '@fettle/sdk';
import type {
  FlowActionContext,
  FlowActionExtension,
  FlowActionImplementation,
  FlowData,
  FlowFiles,
  FlowPlatform,
} from '@fettle/sdk/server';
import { checkActionSettings } from './check-action-settings.ts';

/** What the actions of one run are given. */
export interface RunSurroundings {
  readonly isDryRun: boolean;
  readonly clock: Clock;
  readonly fetch: FlowActionContext['fetch'];
  readonly files: FlowFiles;
  readonly platform: FlowPlatform;
  /** Data for one attempt: what it asks for ends with the attempt's signal. */
  readonly dataFor: (signal: AbortSignal) => FlowData;
}

/** The installed flow actions; their code is loaded once, when a step first needs it. */
export interface ActionRegistry {
  find(type: string): FlowActionExtension | undefined;
  load(extension: FlowActionExtension): Promise<FlowActionImplementation>;
}

/** Makes a registry. */
export function createActionRegistry(extensions: readonly FlowActionExtension[]): ActionRegistry {
  const byId = new Map(extensions.map((extension) => [extension.manifest.id, extension]));
  const loaded = new Map<FlowActionExtension, Promise<FlowActionImplementation>>();
  return {
    find: (type) => byId.get(type),
    load(extension) {
      let loading = loaded.get(extension);
      if (loading === undefined) {
        loading = extension.load();
        loaded.set(extension, loading);
        loading.catch(() => loaded.delete(extension));
      }
      return loading;
    },
  };
}

const usualTimeoutMs = 60_000;

/** Runs the actions of one run. */
export function createActionHost(registry: ActionRegistry, run: RunSurroundings): ActionHost {
  const extensionOf = (type: string): FlowActionExtension => {
    const extension = registry.find(type);
    if (extension === undefined) throw bug(`The action ${type} was not described before it ran.`);
    return extension;
  };
  return {
    describe(type, settings) {
      const manifest = registry.find(type)?.manifest;
      if (manifest === undefined) return undefined;
      const effect = effectOf(manifest, settings);
      // A dry run changes no rows either: what would be written is shown like any other effect.
      const shown = run.isDryRun && effect === 'write' ? 'outside' : effect;
      return { effect: shown, timeoutMs: manifest.timeoutMs ?? usualTimeoutMs };
    },
    async run({ type, settings, attempt, idempotencyKey, signal, log }) {
      const extension = extensionOf(type);
      const { manifest } = extension;
      if (manifest.capability !== undefined) throw notAllowedHere(manifest.title, manifest.capability);
      const checked = checkActionSettings(manifest, settings);
      const implementation = await registry.load(extension);
      return implementation.run({
        settings: checked,
        secrets: {},
        signal,
        idempotencyKey,
        attempt,
        isDryRun: run.isDryRun,
        now: () => run.clock.now(),
        timeZone: 'UTC',
        log,
        fetch: run.fetch,
        data: run.dataFor(signal),
        files: run.files,
        platform: run.platform,
      });
    },
    async preview({ type, settings }) {
      const extension = extensionOf(type);
      const implementation = await registry.load(extension);
      const description = implementation.describe?.(settings) ?? extension.manifest.title;
      return { description, output: (extension.manifest.sample ?? null) as Json };
    },
  };
}

function notAllowedHere(title: string, capability: string): AppError {
  return new AppError('not-allowed', {
    code: 'flow.capability-off',
    message: `"${title}" is turned off on this installation.`,
    hint: `Its operator can allow "${capability}".`,
  });
}
