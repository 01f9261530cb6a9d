import { AppError, bug, type Clock, type Json } from '@fettle/base';
import { PreviewInstead, type ActionHost } from '@fettle/flow';
import { effectOf } from '@fettle/sdk';
import type {
  FlowActionContext,
  FlowActionExtension,
  FlowActionImplementation,
  FlowData,
  FlowFiles,
  FlowPlatform,
} from '@fettle/sdk/server';
import { hideSecrets, hideSecretsIn } from '../../data-sources/hide-secrets.ts';
import { checkActionSettings } from './check-action-settings.ts';
import { namedSecrets } from './named-secrets.ts';

/** What the actions of one run are given. */
export interface RunSurroundings {
  readonly workspaceId: string;
  readonly isDryRun: boolean;
  readonly clock: Clock;
  readonly fetch: FlowActionContext['fetch'];
  readonly networkFor: (signal: AbortSignal) => FlowActionContext['network'];
  readonly connect: FlowActionContext['connect'];
  /** What the operator allows of what is off otherwise. */
  readonly capabilities: ReadonlySet<string>;
  readonly files: FlowFiles;
  readonly platform: FlowPlatform;
  /** Values of stored secrets by name; those that are not set are left out. */
  readonly reveal: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Data for one attempt: what it asks for ends with the attempt's signal. */
  readonly dataFor: (signal: AbortSignal) => FlowData;
}

/** The flow actions of workspaces; their code is loaded once, when a step first needs it. */
export interface ActionRegistry {
  find(workspaceId: string, type: string): FlowActionExtension | undefined;
  load(extension: FlowActionExtension): Promise<FlowActionImplementation>;
}

/** Makes a registry. */
export function createActionRegistry(find: ActionRegistry['find']): ActionRegistry {
  const loaded = new WeakMap<FlowActionExtension, Promise<FlowActionImplementation>>();
  return {
    find,
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
    const extension = registry.find(run.workspaceId, type);
    if (extension === undefined) throw bug(`The action ${type} was not described before it ran.`);
    return extension;
  };
  return {
    describe(type, settings) {
      const manifest = registry.find(run.workspaceId, type)?.manifest;
      if (manifest === undefined) return undefined;
      const effect = effectOf(manifest, settings);
      return { effect, timeoutMs: manifest.timeoutMs ?? usualTimeoutMs };
    },
    async run({ type, settings, attempt, idempotencyKey, signal, log }) {
      const extension = extensionOf(type);
      const { manifest } = extension;
      if (manifest.capability !== undefined && !run.capabilities.has(manifest.capability))
        throw notAllowedHere(manifest.title, manifest.capability);
      const checked = checkActionSettings(manifest, settings);
      const implementation = await registry.load(extension);
      const secrets = await namedSecrets(manifest, settings, run.reveal);
      const context: FlowActionContext = {
        settings: checked,
        secrets,
        signal,
        idempotencyKey,
        attempt,
        isDryRun: run.isDryRun,
        now: () => run.clock.now(),
        timeZone: 'UTC',
        log: (level, message, details) => {
          const [text = '', ...rest] = hideSecretsIn(
            [message, ...(details === undefined ? [] : [details])],
            Object.values(secrets),
          );
          log(level, String(text), ...rest);
        },
        fetch: run.fetch,
        network: run.networkFor(signal),
        connect: run.connect,
        data: run.dataFor(signal),
        files: run.files,
        platform: run.platform,
      };
      try {
        const [output = null] = hideSecretsIn([await implementation.run(context)], Object.values(secrets));
        return output;
      } catch (error) {
        if (run.isDryRun && error instanceof AppError && error.code === 'data.trial-unsupported')
          throw new PreviewInstead();
        throw hideSecrets(error, Object.values(secrets));
      }
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
    hint: `Its operator can allow it: FETTLE_OPERATOR_ACTIONS=${capability}.`,
  });
}
