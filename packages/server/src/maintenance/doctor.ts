import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '@fettle/base';
import type { Config } from '../config.ts';
import { openDatabase, type Database } from '../database/database.ts';
import { migrations } from '../database/migrations.ts';
import { readFact } from '../features/setup/installation.store.ts';
import { keyMark, keysOf, readSecretFile } from '../keys/keys.ts';
import { checkMailServer } from '../mail/send-mail.ts';
import { readApplied } from '../database/migrate.ts';

/** What was looked at, and how it is. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What to do, unless all is well. */
  readonly hint?: string;
}

/** How an operator wants it looked at. */
export interface DoctorOptions {
  readonly config: Config;
  /** Addresses that this host should reach. */
  readonly outbound: readonly string[];
  readonly onProgress?: (text: string) => void;
}

const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });
const warning = (check: string, message: string, hint: string): Finding => ({ check, state: 'warning', message, hint });
const failed = (check: string, message: string, hint: string): Finding => ({ check, state: 'failed', message, hint });

/** Looks at everything an installation stands on. Changes nothing; each check by itself, so that one failure hides no other. */
export async function examine({ config, outbound, onProgress }: DoctorOptions): Promise<readonly Finding[]> {
  const checks: readonly (readonly [string, () => Promise<readonly Finding[]>])[] = [
    ['runtime', async () => [checkRuntime()]],
    ['data folder', () => checkFolder(config.dataFolder)],
    ['disk', async () => [await checkDisk(config.dataFolder)]],
    ['database', () => checkStore(config)],
    ['server', async () => [await checkServer(config)]],
    ['mail', async () => [await checkMail(config)]],
    ...outbound.map((url) => ['outbound', async () => [await checkOutbound(url)]] as const),
  ];
  const findings: Finding[] = [];
  for (const [name, check] of checks) {
    onProgress?.(`Checking ${name} …`);
    findings.push(...(await check().catch((error: unknown) => [failed(name, reasonOf(error), hintOf(error))])));
  }
  return findings;
}

function checkRuntime(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return major >= 26
    ? ok('runtime', `Node.js ${process.versions.node}`)
    : failed(
        'runtime',
        `Node.js ${process.versions.node} is too old.`,
        'Run Fettle with the Node.js it comes with (pnpm fettle …), 26 or newer.',
      );
}

async function checkFolder(dataFolder: string): Promise<readonly Finding[]> {
  const folder = resolve(dataFolder);
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) {
    return [
      warning(
        'data folder',
        `${folder} is not there yet.`,
        'The first start makes it. If Fettle has run here before, FETTLE_DATA_DIR names another folder.',
      ),
    ];
  }
  const findings: Finding[] = [];
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => findings.push(ok('data folder', folder)),
    () =>
      findings.push(
        failed(
          'data folder',
          `This account may not write to ${folder}.`,
          `Run the server as its owner, or: chown -R <account> ${folder}`,
        ),
      ),
  );
  for (const [path, what] of [
    [folder, 'The data folder'],
    [join(folder, 'secrets.json'), 'The key file'],
  ] as const) {
    const { mode = 0 } = (await stat(path).catch(() => undefined)) ?? {};
    if ((mode & 0o077) === 0 || process.platform === 'win32') continue;
    findings.push(
      failed(
        'permissions',
        `${what} is open to others on this machine (${(mode & 0o777).toString(8)}).`,
        `Run: chmod go= ${path}`,
      ),
    );
  }
  if ((await readdir(folder).catch((): string[] => [])).includes('restore')) {
    findings.push(
      warning('restore', 'A restore was cut off.', 'The next start settles it: it is there as a whole or not at all.'),
    );
  }
  return findings;
}

async function checkDisk(dataFolder: string): Promise<Finding> {
  const place = (await stat(dataFolder).catch(() => undefined)) === undefined ? '.' : dataFolder;
  const { bavail, bsize } = await statfs(place);
  const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  const message = `${megabytes.toLocaleString('en')} MB are free.`;
  if (megabytes >= 1024) return ok('disk', message);
  const hint = 'Make room: a store that cannot write refuses every change.';
  return megabytes < 100 ? failed('disk', message, hint) : warning('disk', message, hint);
}

async function checkStore(config: Config): Promise<readonly Finding[]> {
  if (
    config.databaseUrl === undefined &&
    (await stat(join(config.dataFolder, 'fettle.db')).catch(() => undefined)) === undefined
  ) {
    return [warning('database', 'There is no metadata store yet.', 'The first start makes it.')];
  }
  const startedAt = performance.now();
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    maxConnections: 2,
  });
  try {
    await database.knex.raw('select 1');
    const milliseconds = Math.round(performance.now() - startedAt);
    return [
      ok('database', `${database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} answers in ${milliseconds} ms.`),
      await checkIntegrity(database),
      await checkMigrations(database),
      await checkKey(database, config),
      await checkClock(database),
    ];
  } finally {
    await database.close();
  }
}

async function checkIntegrity(database: Database): Promise<Finding> {
  if (database.kind !== 'sqlite') return ok('integrity', 'PostgreSQL looks after it.');
  const [row] = (await database.knex.raw('pragma quick_check(1)')) as readonly Record<string, unknown>[];
  const verdict = row === undefined ? 'ok' : String(Object.values(row)[0]);
  return verdict === 'ok'
    ? ok('integrity', 'The metadata store is sound.')
    : failed(
        'integrity',
        `The metadata store is damaged: ${verdict}.`,
        'Restore a backup: fettle server restore <file> --force',
      );
}

async function checkMigrations(database: Database): Promise<Finding> {
  const applied = await readApplied(database);
  const known = migrations.map(({ name }) => name);
  const newer = [...applied].filter((name) => !known.includes(name));
  const pending = known.filter((name) => !applied.has(name));
  if (newer.length > 0)
    return failed(
      'migrations',
      `The store was written by a newer Fettle (${newer.join(', ')}).`,
      'Start the newer version again.',
    );
  return pending.length === 0
    ? ok('migrations', `All ${known.length} are applied.`)
    : warning(
        'migrations',
        `${pending.length} are to be applied: ${pending.join(', ')}.`,
        'Make a backup, then start the server or run: fettle server migrate',
      );
}

async function checkKey(database: Database, config: Config): Promise<Finding> {
  const mark = await readFact(database.knex, 'key-check').catch(() => undefined);
  if (mark === undefined) return ok('key', 'Nothing was sealed yet.');
  const file = config.secret === undefined ? await readSecretFile(config.dataFolder) : undefined;
  const secrets = [config.secret, file?.secret, file?.next].filter((secret) => secret !== undefined);
  if (secrets.some((secret) => keyMark(keysOf(secret)) === mark)) return ok('key', 'It is the one of this store.');
  return failed(
    'key',
    'The key is not the one that this store was set up with.',
    'Restore secrets.json of the data folder, or give the original secret as FETTLE_SECRET.',
  );
}

async function checkClock(database: Database): Promise<Finding> {
  if (new Date().getUTCFullYear() < 2025)
    return failed('clock', `It says ${new Date().toISOString()}.`, 'Set the clock of this host, and keep it by NTP.');
  if (database.kind === 'sqlite') return ok('clock', new Date().toISOString());
  const { rows } = (await database.knex.raw('select extract(epoch from clock_timestamp()) * 1000 as now')) as {
    rows: { now: string }[];
  };
  const difference = Math.round(Math.abs(Date.now() - Number(rows[0]?.now ?? 0)) / 1000);
  return difference <= 5
    ? ok('clock', `Within ${difference} s of the database.`)
    : failed(
        'clock',
        `It differs by ${difference} s from that of the database.`,
        'Keep both by NTP: leases of runs and sessions depend on it.',
      );
}

async function checkServer(config: Config): Promise<Finding> {
  const address = config.publicUrl ?? `http://127.0.0.1:${config.port}`;
  const response = await fetch(`${address}/api/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  if (response?.ok === true) return ok('server', `It answers at ${address}.`);
  return warning(
    'server',
    `Nothing answers at ${address}${response === undefined ? '' : ` (${response.status})`}.`,
    'Start it: fettle server start. If it runs, check PORT, HOST, FETTLE_PUBLIC_URL and the proxy in front.',
  );
}

async function checkMail(config: Config): Promise<Finding> {
  if (config.smtpUrl === undefined) return ok('mail', 'No mail server is set; flows cannot send mail.');
  await checkMailServer(config.smtpUrl);
  return ok('mail', `The mail server takes mail from ${config.mailFrom ?? 'nobody'}.`);
}

async function checkOutbound(url: string): Promise<Finding> {
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) }).catch(
    (error: unknown) => error,
  );
  return response instanceof Response
    ? ok('outbound', `${url} answers (${response.status}).`)
    : failed(
        'outbound',
        `${url} cannot be reached: ${reasonOf(response)}`,
        'Check DNS, the firewall, and whether a proxy is needed.',
      );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && !(error instanceof AppError) ? `${error.message} (${cause.message})` : error.message;
}

function hintOf(error: unknown): string {
  return (error instanceof AppError ? error.hint : undefined) ?? 'Check the settings named in docs/settings.md.';
}
