import { systemClock, type Clock } from '@fettle/base';
import type { App } from '@fettle/definition';
import type { FlowTestResult } from '@fettle/flow';
import { changesChannel } from '../../changes/changes.store.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import type { WorkspaceExtensions } from '../../extensions/workspace-extensions.ts';
import type { RouteImplementation } from '../../http/implement-route.ts';
import type { Keys } from '../../keys/keys.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { pluginsChannel } from '../plugins/plugins.store.ts';
import type { Log } from '../../log.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { DataFeatures } from '../data-sources/data-features.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { NotificationSignals } from '../notifications/notification-signals.ts';
import type { Notifications } from '../notifications/notifications.service.ts';
import { notificationsChannel } from '../notifications/notifications.store.ts';
import type { RunningApps } from '../running/running-apps.ts';
import { createApprovalFeatures } from '../approvals/approval-features.ts';
import { createScriptRunner } from '../../scripts/script-runner.ts';
import { createMailSender } from '../../mail/send-mail.ts';
import { createFlowOperations } from './flow-operations.ts';
import { createRunCounts } from './metrics/run-counts.ts';
import { FlowRuns } from './flow-runs.service.ts';
import { createFlowVersions } from './flow-versions.ts';
import { flowRoutes } from './flows.routes.ts';
import { listenToProcesses } from './run-notices.ts';
import { Reruns } from './reruns.service.ts';
import { createRunSignals } from './run-signals.ts';
import { runsChannel } from './runs.store.ts';
import { createRunStore } from './run-store.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { createSourceKeeper } from './sources/source-keeper.ts';
import { FlowSources } from './sources/sources.service.ts';
import { trySource } from './sources/try-source.ts';
import { createStartHere } from './start-here.ts';
import { createRunStarter } from './start-run.ts';
import { createRelay } from './triggers/relay.ts';
import { triggersChannel } from './triggers/triggers.store.ts';
import type { Triggering } from './triggers/triggering.ts';
import { createHookGuard } from './webhooks/hook-guard.ts';
import { createHookReplies } from './webhooks/hook-replies.ts';
import { repliesChannel } from './webhooks/hook-replies.store.ts';
import { hookRoutes } from './webhooks/hooks.routes.ts';
import { createHookFiles } from './webhooks/hook-files.ts';
import { createHooks } from './webhooks/hooks.service.ts';
import { WaitAnswers } from './wait-answers.service.ts';
import { createWaitLinks } from './wait-links.ts';
import { flowTestRoutes } from './tests/flow-tests.routes.ts';
import { FlowTests } from './tests/flow-tests.service.ts';
import { createTestActions } from './tests/test-actions.ts';
import { createActionRegistry } from './worker/action-host.ts';
import { createPlay, timerOf } from './worker/play-claimed.ts';
import { createWorker } from './worker/worker.ts';

/** The flow half of the server. */
export interface FlowFeatures {
  readonly routes: readonly RouteImplementation[];
  /** Begins to play runs, where this process is to. */
  start(): void;
  /** What apps are made of changed: the extensions of a workspace. */
  forgetVersions(): void;
  /** What starts flows of this workspace may have other code. */
  renewSources(workspaceId: string): void;
  /** What starts flows by itself may have changed: schedules and sources. */
  wake(): void;
  /** Runs all tests of an app's flows that are not disabled. */
  readonly runTests: (app: App, workspaceId: string) => Promise<readonly FlowTestResult[]>;
  /** Gives runs back. */
  stop(): Promise<void>;
}

/** Wires the engine of flows: its store, its worker, and what its actions reach. */
export function createFlowFeatures(options: {
  readonly database: Database;
  readonly config: Pick<
    Config,
    | 'role'
    | 'publicUrl'
    | 'port'
    | 'databaseUrl'
    | 'smtpUrl'
    | 'mailFrom'
    | 'operatorActions'
    | 'queryTimeoutMs'
    | 'metricsToken'
  >;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: Keys;
  readonly audit: Audit;
  readonly extensions: WorkspaceExtensions;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly running: Pick<RunningApps, 'versionOfRelease' | 'liveApp' | 'accessOf'>;
  readonly data: DataFeatures;
  readonly triggering: Triggering;
  readonly outbound: Outbound;
  /** Other processes installed, updated or removed plugins. */
  readonly onPluginsNoticed: () => void;
  readonly onChangeNoticed: (payload: string | undefined) => void;
  readonly notifications: Notifications;
  readonly notificationSignals: NotificationSignals;
}): FlowFeatures {
  const { database, config, clock, log, data } = options;
  const signals = createRunSignals();
  const { index, relaySignals, happenings } = options.triggering;
  const counts = createRunCounts({ database, clock, log });
  const store = createRunStore({ database, clock, happenings, counts });
  const starter = createRunStarter({ clock, database });
  let stopListening = (): Promise<void> => Promise.resolve();
  const versions = createFlowVersions({ ...options, catalogOf: options.extensions.catalogOf });
  const links = createWaitLinks(options.keys.derive('flow answers'));
  const scripts = createScriptRunner();
  const replies = createHookReplies({ database, now: () => clock.now() });
  const { smtpUrl, mailFrom } = config;
  const registry = createActionRegistry(options.extensions.flowAction);
  const tests = new FlowTests({
    database,
    drafts: options.drafts,
    versions,
    hostOf: (workspaceId) => ({
      actions: createTestActions({ registry, workspaceId, runScript: scripts.run }),
      turn: setImmediate,
      timer: timerOf(systemClock),
      functions: options.extensions.catalogOf(workspaceId).functions,
    }),
  });
  const sendMail =
    smtpUrl === undefined || mailFrom === undefined ? undefined : createMailSender({ url: smtpUrl, from: mailFrom });
  const publicUrl = (): string => config.publicUrl ?? `http://localhost:${config.port}`;
  const { notifications } = options;
  const asked = createApprovalFeatures({
    database,
    clock,
    log,
    audit: options.audit,
    signals,
    notifications,
    running: options.running,
    sendMail,
    linkTo: (step, to) => `${publicUrl()}/answer/${links.tokenOf({ ...step, to })}`,
  });
  const play = createPlay({
    store,
    versions,
    registry,
    data: { tables: data.tables, queries: data.queries, sources: data.sources },
    files: data.files,
    secrets: data.secrets,
    fetch: options.outbound.fetch,
    connect: options.outbound.connect,
    networkFor: options.outbound.networkFor,
    capabilities: new Set(config.operatorActions),
    host: {
      database,
      clock,
      versions,
      starter,
      signals,
      links,
      publicUrl,
      approvals: asked.open,
      files: data.files,
    },
    replies,
    notifications,
    runScript: scripts.run,
    mailFrom,
    sendMail,
    clock,
    log,
  });
  const worker = createWorker({ database, store, signals, clock, log, play });
  const startHere = createStartHere({ starter, worker, signals });
  const scheduler = createScheduler({
    database,
    clock,
    log,
    catalogOf: options.extensions.catalogOf,
    starter,
    releaseOf: async (releaseId) => (await options.running.versionOfRelease(releaseId)).app,
    makeWay: () => worker.hold(),
    announce: signals.announce,
  });
  const relay = createRelay({
    database,
    clock,
    log,
    signals: relaySignals,
    index,
    versions,
    starter,
    sources: data.sources,
    announce: signals.announce,
  });
  const sourceMeans = {
    clock,
    log,
    versions,
    find: (workspaceId: string, type: string) => options.extensions.flowTrigger(workspaceId, type),
    reach: {
      versions,
      sources: data.sources,
      secrets: data.secrets,
      files: data.files,
      fetch: options.outbound.fetch,
      networkFor: options.outbound.networkFor,
      resolveAddress: data.resolveAddress,
      queryTimeoutMs: config.queryTimeoutMs,
    },
  };
  const keeper = createSourceKeeper({ ...sourceMeans, database, starter, announce: signals.announce });
  const runs = new FlowRuns({
    database,
    clock,
    audit: options.audit,
    versions,
    files: data.files,
    startHere,
    signals,
    happenings,
    counts,
  });
  const reruns = new Reruns({ database, clock, audit: options.audit, versions, starter, signals });
  const operations = createFlowOperations({
    ...options,
    counts,
    versions,
    reruns,
    starter,
    sendMail,
    publicUrl,
    announce: () => {
      signals.announce();
      scheduler.wake();
    },
  });
  const hooks = createHooks({
    clock,
    log,
    liveApp: options.running.liveApp,
    secrets: data.secrets,
    startHere,
    replies,
    files: createHookFiles({ files: data.files, versions }),
    guard: createHookGuard(clock),
  });
  return {
    routes: [
      ...flowRoutes({
        runs,
        reruns,
        answers: new WaitAnswers({ database, clock, links, settle: asked.settle }),
        sources: new FlowSources({ database, clock }),
        tryTrigger: (call) => trySource(sourceMeans, call),
      }),
      ...flowTestRoutes(tests),
      ...asked.routes,
      ...operations.routes,
      ...hookRoutes(hooks),
    ],
    runTests: (app, workspaceId) => tests.runOf(app, {}, workspaceId),
    start: () => {
      operations.start();
      relay.start();
      asked.mails.start();
      if (config.databaseUrl !== undefined) {
        const channels = {
          [runsChannel]: () => signals.announce(),
          [triggersChannel]: () => {
            index.forget();
            keeper.wake();
          },
          [pluginsChannel]: options.onPluginsNoticed,
          [changesChannel]: options.onChangeNoticed,
          [notificationsChannel]: options.notificationSignals.noticed,
          [repliesChannel]: (run?: string) => replies.noticed(run),
        };
        stopListening = listenToProcesses(config.databaseUrl, channels, log);
      }
      if (config.role === 'server') return;
      worker.start();
      scheduler.start();
      keeper.start();
    },
    wake: () => {
      scheduler.wake();
      keeper.wake();
    },
    forgetVersions: () => versions.forgetVersions(),
    renewSources: (workspaceId) => keeper.renew(workspaceId),
    stop: async () => {
      await keeper.stop();
      await scheduler.stop();
      await stopListening();
      await relay.stop();
      await worker.stop();
      await operations.stop();
      await asked.mails.stop();
      scripts.close();
    },
  };
}
