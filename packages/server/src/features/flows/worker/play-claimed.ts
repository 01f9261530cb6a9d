import { createHash } from 'node:crypto';
import { authorise, type FlowActor } from '@fettle/access';
import { AppError, type Clock } from '@fettle/base';
import { FenceLostError, planFlow, playRun, type ClaimedRun, type RunError, type Timer } from '@fettle/flow';
import type { FlowActionContext, FlowPlatform } from '@fettle/sdk/server';
import type { Log } from '../../../log.ts';
import type { RunningApp } from '../../apps/running-app.ts';
import type { Files } from '../../files/files.service.ts';
import { createTableTrial, type TableTrial } from '../../tables/table-trial.ts';
import type { StoredSecrets } from '../../stored-secrets/stored-secrets.service.ts';
import type { Notifications } from '../../notifications/notifications.service.ts';
import type { FlowOfVersion, FlowVersions } from '../flow-versions.ts';
import type { DatabaseRunStore } from '../run-store.ts';
import type { HookReplies } from '../webhooks/hook-replies.ts';
import { createRunReply } from '../webhooks/run-reply.ts';
import type { ScriptRunner } from '../../../scripts/script-runner.ts';
import { createActionHost, type ActionRegistry } from './action-host.ts';
import { createFlowBackup } from './flow-backup.ts';
import { createFlowData, type FlowDataOptions } from './flow-data.ts';
import { createFlowFiles } from './flow-files.ts';
import { createFlowNotify } from './flow-notify.ts';
import { createFlowPlatform } from './flow-platform.ts';
import { createRunHost, givenTo, type RunHostOptions } from './run-host.ts';
import type { Play } from './worker.ts';

/** Everything that playing runs needs. */
export interface PlayOptions {
  readonly store: DatabaseRunStore;
  readonly versions: FlowVersions;
  readonly registry: ActionRegistry;
  readonly data: FlowDataOptions;
  readonly files: Files;
  readonly secrets: Pick<StoredSecrets, 'reveal'>;
  readonly fetch: FlowActionContext['fetch'];
  readonly networkFor: (signal: AbortSignal) => FlowActionContext['network'];
  readonly connect: FlowActionContext['connect'];
  /** What actions may do that are off otherwise. */
  readonly capabilities: ReadonlySet<string>;
  readonly host: RunHostOptions;
  readonly replies: HookReplies;
  readonly notifications: Notifications;
  readonly runScript: ScriptRunner['run'];
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  readonly mailFrom: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes what plays claimed runs: as the flow they are runs of, with the rights of its steps. */
export function createPlay(options: PlayOptions): Play {
  const { store, versions, log } = options;
  const timer = timerOf(options.clock);
  return async (run, signal) => {
    let found: FlowOfVersion;
    try {
      found = await versions.find(run.appId, run.version, run.flowId);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'not-found') throw error;
      return failAtOnce(store, run, { code: error.code, message: error.message });
    }
    const trial = run.isDryRun ? createTableTrial({ signal, timeoutMs: trialMs }) : undefined;
    const surroundings = surroundingsOf(options, run, found, trial);
    const played = playRun({
      run,
      plan: planFlow(found.flow),
      store,
      actions: createActionHost(options.registry, surroundings),
      host: createRunHost(options.host, run, surroundings.dataFor),
      timer,
      signal,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      functions: found.app.functions,
      env: { name: run.environment },
      onUnexpected: (error, stepId) =>
        log.error({ err: error, run: run.id, step: stepId }, 'A step failed unexpectedly'),
    });
    const end = await (trial === undefined ? played : played.finally(() => trial.end()));
    await surroundings.reply.atEnd(end);
    return end;
  };
}

/** What a dry run wrote keeps others from these rows, in SQLite from the whole file: not for longer than this. */
const trialMs = 30_000;

async function failAtOnce(store: DatabaseRunStore, run: ClaimedRun, error: RunError) {
  try {
    await store.commit(run.id, run.fence, { entries: [], outcome: { state: 'failed', error } });
    return { state: 'failed', error } as const;
  } catch (failure) {
    if (failure instanceof FenceLostError) return { state: 'lost' } as const;
    throw failure;
  }
}

function surroundingsOf(
  options: PlayOptions,
  run: ClaimedRun,
  { app, flow, rights }: FlowOfVersion,
  trial: TableTrial | undefined,
) {
  const { workspaceId, appId, environment } = run;
  const who = { flowId: flow.id, name: flow.name, depth: run.depth, startedBy: run.user };
  const actor: FlowActor = { kind: 'flow', workspaceId, appId, ...who };
  const running: RunningApp = {
    appId,
    workspaceId,
    slug: '',
    environment,
    version: run.version,
    app,
    roles: new Set(['flow']),
    rights,
    user: run.user,
  };
  const grant = authorise(actor, 'app.open', { kind: 'release', workspaceId, appId, roles: running.roles, rights });
  const { starter, signals, database } = options.host;
  const reply = createRunReply(options.replies, run, flow);
  return {
    reply,
    workspaceId,
    isDryRun: run.isDryRun,
    clock: options.clock,
    fetch: options.fetch,
    networkFor: options.networkFor,
    connect: options.connect,
    capabilities: options.capabilities,
    reveal: (names: readonly string[]) => options.secrets.reveal({ workspaceId, environment }, names),
    files: createFlowFiles(options.files, grant, { workspaceId, appId, environment }),
    dataFor: (signal: AbortSignal) => createFlowData(options.data, { actor, running, rights, signal, trial }),
    platform: createFlowPlatform({
      // Scripts of a run follow each other in one process; those of others never meet them.
      runScript: (code, input, limits) => options.runScript(code, input, { ...limits, scope: run.id }),
      sendMail: options.sendMail,
      mailFrom: options.mailFrom,
      startFlow: async (id, input, key) => {
        authorise(actor, 'flow.start', {
          kind: 'release',
          workspaceId,
          appId,
          roles: running.roles,
          rights,
          target: id,
        });
        const { flow: started } = await options.versions.find(appId, run.version, id);
        const child = await starter.start(database.knex, {
          workspaceId,
          appId,
          version: run.version,
          environment,
          flow: started,
          functions: app.functions,
          origin: 'flow',
          trigger: await givenTo(options.files, workspaceId, { flow: started, input }),
          ...(key === undefined ? {} : { dedupeKey: `start ${key}` }),
          user: run.user,
          parent: { id: run.id, path: '', depth: run.depth + 1, isAwaited: false },
        });
        signals.announce();
        return child.id;
      },
      respond: reply.give,
      backUp: createFlowBackup({
        sources: options.data.sources,
        files: options.files,
        actor,
        grant,
        running,
        rights,
        now: () => options.clock.now(),
      }),
      notify: createFlowNotify(options.notifications, { database, run }),
      // Nothing of a data source's answers is kept by this server: there is nothing to forget.
      invalidate: () => Promise.resolve(),
    }),
  };
}

/** Real time by a clock. */
export function timerOf(clock: Clock): Timer {
  return {
    now: () => clock.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}
