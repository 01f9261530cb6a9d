import { AppError, type Json } from '@fettle/base';
import type { ActionCall, TestActions } from '@fettle/flow';
import { effectOf, secretSettings } from '@fettle/sdk';
import type { FlowPlatform } from '@fettle/sdk/server';
import { createActionHost, type ActionRegistry, type RunSurroundings } from '../worker/action-host.ts';
import { createFlowPlatform } from '../worker/flow-platform.ts';

const usualTimeoutMs = 60_000;

/** The installed actions as tests may use them: those that only compute really run, and reach nothing by it. */
export function createTestActions(options: {
  readonly registry: ActionRegistry;
  readonly workspaceId: string;
  readonly runScript: FlowPlatform['runScript'];
}): TestActions {
  const { registry, workspaceId, runScript } = options;
  return {
    describe(type, settings) {
      const manifest = registry.find(workspaceId, type)?.manifest;
      if (manifest === undefined) return undefined;
      const { timeoutMs = usualTimeoutMs } = manifest;
      // What needs a secret or a capability is not for tests, whatever it does with it.
      const isGuarded =
        manifest.capability !== undefined ||
        secretSettings(manifest.settings).some(
          (setting) => settings[setting] !== undefined && settings[setting] !== '',
        );
      return { effect: isGuarded ? 'read' : effectOf(manifest, settings), timeoutMs };
    },
    run: (call: ActionCall, now: () => number): Promise<Json> =>
      createActionHost(registry, surroundings(workspaceId, runScript, now)).run(call),
  };
}

/** Nothing but a sandbox for scripts. An action that said it only computes and asks for more is refused. */
function surroundings(workspaceId: string, runScript: FlowPlatform['runScript'], now: () => number): RunSurroundings {
  const refuse = (): Promise<never> => Promise.reject(notInTests());
  return {
    workspaceId,
    isDryRun: false,
    clock: { now },
    fetch: refuse,
    networkFor: () => ({ lookUp: refuse, connect: refuse, certificate: refuse }),
    connect: refuse,
    capabilities: new Set(),
    files: { read: refuse, write: refuse },
    reveal: () => Promise.resolve(new Map()),
    dataFor: () => ({
      list: refuse,
      read: refuse,
      create: refuse,
      update: refuse,
      delete: refuse,
      aggregate: refuse,
      stream: () => {
        throw notInTests();
      },
      primaryKey: refuse,
      runQuery: refuse,
    }),
    platform: createFlowPlatform({
      runScript,
      startFlow: refuse,
      sendMail: refuse,
      mailFrom: undefined,
      invalidate: refuse,
      respond: refuse,
      notify: refuse,
      backUp: refuse,
    }),
  };
}

function notInTests(): AppError {
  return new AppError('not-allowed', {
    code: 'flow-test.no-effects',
    message: 'Tests reach nothing outside.',
    hint: 'Give this step a mock.',
  });
}
