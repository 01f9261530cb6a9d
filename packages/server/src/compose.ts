import { readFile } from 'node:fs/promises';
import { AppError, conflict, createId, systemClock, type Clock } from '@fettle/base';
import type { ExtensionCatalog } from '@fettle/definition';
import type { ConnectorExtension, FlowActionExtension, FlowTriggerExtension } from '@fettle/sdk/server';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { migrations } from './database/migrations.ts';
import { composeApps } from './compose-apps.ts';
import { composePeople } from './compose-people.ts';
import { createChanges } from './changes/changes.ts';
import { createAudit } from './features/audit/audit.service.ts';
import { auditRoutes } from './features/audit/audit.routes.ts';
import type { GenerateApp } from './features/apps/app-sources.ts';
import { createTriggering } from './features/flows/triggers/triggering.ts';
import { createLiveStreams } from './features/notifications/live-streams.ts';
import { createNotificationSignals } from './features/notifications/notification-signals.ts';
import { notificationRoutes } from './features/notifications/notifications.routes.ts';
import { createNotifications } from './features/notifications/notifications.service.ts';
import { createRetention } from './features/retention/retention.service.ts';
import type { PasswordCost } from './features/session/passwords.ts';
import { keepFact, readFact } from './features/setup/installation.store.ts';
import { systemRoutes } from './features/system/system.routes.ts';
import { createDispatch } from './http/dispatch.ts';
import { createFirstScreens } from './http/first-screen/first-screens.ts';
import { createRendererProcess } from './http/first-screen/renderer-process.ts';
import { mount } from './http/mount.ts';
import { createSecurityHeaders } from './http/security-headers.ts';
import { createWebPages, type WebFolders } from './http/web-pages.ts';
import { keyMark, loadKeys, type Keys } from './keys/keys.ts';
import { listen, type RunningServer } from './listen.ts';
import { createLog, type Log } from './log.ts';
import { settleKeys } from './maintenance/rotate-keys.ts';
import { settleRestore } from './maintenance/switch-data.ts';

/** What a server is made of. Concrete extensions come from outside: the server knows none. */
export interface ServerOptions {
  readonly config: Config;
  readonly connectors: readonly ConnectorExtension[];
  /** The component types and event actions that definitions are checked and compiled with. */
  readonly catalog: ExtensionCatalog;
  readonly generateApp: GenerateApp;
  readonly flowActions?: readonly FlowActionExtension[];
  /** Triggers that the server keeps at work. */
  readonly flowTriggers?: readonly FlowTriggerExtension[];
  /** Folders of the built pages; without them only the API is served. */
  readonly web?: WebFolders;
  /** The templates that come with the installation, unless the operator names others. */
  readonly templatesFolder?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  /** What hashing a password costs. Absent: the full cost; tests make dozens of people. */
  readonly passwordCost?: PasswordCost;
}

/** Opens the store, wires everything by hand and listens. */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const { config, clock = systemClock } = options;
  const log = options.log ?? createLog(config.logLevel);
  await settleRestore(config.dataFolder);
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    maxConnections: config.maxDatabaseConnections,
  });
  try {
    const ran = await migrate(database, migrations).catch((error: unknown) => {
      throw error instanceof AppError ? error : cannotOpen(error);
    });
    if (ran.length > 0) log.info({ migrations: ran }, 'The metadata store was brought up to date');
    // What a restore or an exchange of keys decided and did not live to finish.
    await settleRestore(config.dataFolder, (await readFact(database.knex, 'restore')) ?? null);
    if (config.secret === undefined) await settleKeys(config.dataFolder, await readFact(database.knex, 'key-check'));
    return await compose({ ...options, clock, log, database });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface ComposeOptions extends ServerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
}

async function compose(options: ComposeOptions): Promise<RunningServer> {
  const { config, clock, log, database } = options;
  const keys = await loadKeys({
    dataFolder: config.dataFolder,
    ...(config.secret === undefined ? {} : { secret: config.secret }),
  });
  await assertSameKey(database, keys);
  const isHttps = config.publicUrl?.startsWith('https:') === true;
  const audit = createAudit({ database, clock, log });
  const triggering = createTriggering({ database, clock, log });
  const notificationSignals = createNotificationSignals();
  const notifications = createNotifications({ database, clock, signals: notificationSignals });
  const streams = createLiveStreams(notificationSignals);
  const audience = await keepFact(database.knex, 'installation-id', createId('ins', 26));
  const changes = createChanges({ database, log });
  const people = composePeople({
    config,
    clock,
    log,
    database,
    keys,
    audit,
    audience,
    isHttps,
    happenings: triggering.happenings,
    changes,
    passwordCost: options.passwordCost,
  });
  const apps = composeApps({
    ...options,
    flowActions: options.flowActions ?? [],
    flowTriggers: options.flowTriggers ?? [],
    templatesFolder: config.templatesFolder ?? options.templatesFolder,
    keys,
    audit,
    changes,
    triggering,
    notifications,
    notificationSignals,
    frameRuntime: options.web?.frame === undefined ? undefined : await readFile(options.web.frame, 'utf8'),
    onExtensionsChanged: streams.extensionsChanged,
  });
  await apps.prepare();
  const headers = createSecurityHeaders({ isHttps });
  const routes = [
    ...people.routes,
    ...apps.routes,
    ...notificationRoutes(notifications, streams),
    ...auditRoutes({ audit }),
    ...systemRoutes({ database, clock }),
  ];
  const { dispatch, ask } = createDispatch({
    routes,
    authenticate: people.authenticate,
    access: apps.running,
    audit,
    headers,
    publicOrigin: config.publicUrl,
    trustedProxies: config.trustedProxies,
    log,
  });
  const entry = config.firstScreens ? options.web?.renderer : undefined;
  const renderer = entry === undefined ? undefined : createRendererProcess({ entry, log });
  const firstScreens = createFirstScreens({ ask, renderer, log });
  const pages = await createWebPages({ folders: options.web, headers, firstScreens });
  const server = mount({ routes, dispatch, pages, log });
  const owner =
    config.ownerEmail === undefined || config.ownerPassword === undefined
      ? undefined
      : { email: config.ownerEmail, password: config.ownerPassword };
  const { token } = await people.setup.prepare(owner);
  apps.flows.start();
  const stopRetention = createRetention({ database, clock, log, periods: { ...config, runs: config } }).start();
  return listen(server, {
    host: config.host,
    port: config.port,
    log,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    ...(token === undefined ? {} : { setupToken: token }),
    onClosing: streams.close,
    onClosed: async () => {
      stopRetention();
      renderer?.close();
      await apps.close();
      await database.close();
    },
  });
}

function cannotOpen(cause: unknown): AppError {
  const { code, message } =
    cause instanceof Error ? (cause as NodeJS.ErrnoException) : { code: undefined, message: '' };
  const reason = [...(code === undefined ? [] : [code]), ...(message === '' ? [] : [message])].join(': ') || 'unknown';
  return new AppError('unavailable', {
    code: 'database.cannot-open',
    message: `The metadata store cannot be opened (${reason}).`,
    hint: 'Check DATABASE_URL and that the database answers, or that the data folder can be written to.',
    cause,
  });
}

/** A store that was written with another secret must not be served: sessions would fail and credentials be unreadable. */
async function assertSameKey(database: Database, keys: Keys): Promise<void> {
  const mark = keyMark(keys);
  if ((await keepFact(database.knex, 'key-check', mark)) === mark) return;
  throw conflict({
    code: 'keys.other',
    message: 'The secret is not the one this metadata store was set up with.',
    hint: 'Restore secrets.json of the data folder, or give the original secret as FETTLE_SECRET.',
  });
}
