import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiPerson, findPostgres, routes } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase } from '../../harness/metadata-database.ts';
import { runFettle } from '../../harness/run-fettle.ts';
import { freePort } from '../../harness/server-process.ts';
import { storedContent, type StoredPlace } from '../../harness/stored-content.ts';

interface Report {
  readonly findings: readonly {
    readonly check: string;
    readonly state: string;
    readonly message: string;
    readonly hint?: string;
  }[];
}

let folder: string;
let environment: Record<string, string>;
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'fettle-server-story-')), 'data');
  environment = { FETTLE_DATA_DIR: folder, PORT: String(await freePort()), FETTLE_URL: 'http://127.0.0.1:1' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const login = { email: 'it@example.com', password: 'a long sentence nobody guesses' };
const doctor = async (more: Record<string, string> = {}, words: readonly string[] = []) => {
  const run = await runFettle(['server', 'doctor', '--json', ...words], { environment: { ...environment, ...more } });
  return { code: run.code, find: (check: string) => run.json<Report>().findings.filter((one) => one.check === check) };
};

it('makes a store, its owner, and runs', async () => {
  const migrated = await runFettle(['server', 'migrate', '--json'], { environment });
  expect(migrated.json<{ ran: string[] }>().ran.length).toBeGreaterThan(10);
  expect((await runFettle(['server', 'migrate', '--json'], { environment })).json()).toEqual({ ran: [] });
  const secret = { ...environment, FETTLE_OWNER_PASSWORD: login.password };
  const owner = ['server', 'create-owner', '--email', login.email, '--workspace', 'IT', '--json'];
  const made = await runFettle(owner, { environment: secret });
  expect([made.code, made.json()['email']]).toEqual([0, login.email]);
  expect(made.stdout + made.stderr).not.toContain(login.password);
  const twice = await runFettle(owner, { environment: secret });
  expect([twice.code, twice.json()]).toMatchObject([5, { error: { code: 'setup.done' } }]);
  const entry = fileURLToPath(new URL('../../../packages/cli/dist/fettle.js', import.meta.url));
  const child = spawn(process.execPath, [entry, 'server', 'start'], {
    env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', ...environment },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${environment['PORT']}`;
  await expect
    .poll(
      () =>
        fetch(`${url}/api/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  const person = createApiPerson(url);
  await person.signIn(login.email, login.password);
  const { user } = await person.client.call(routes.account.session, {});
  expect(user?.workspaces[0]?.name).toBe('IT');
  expect((await doctor()).find('server')).toMatchObject([{ state: 'ok' }]);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
});

const stores = (await findPostgres()) === undefined ? (['SQLite'] as const) : (['SQLite', 'PostgreSQL'] as const);

it.each(stores)('has an old store or a new one, whenever a migration on %s is killed', async (store) => {
  let made = 0;
  const open = async () => {
    made += 1;
    const database = store === 'PostgreSQL' ? await createMetadataDatabase(databaseName(`migrate${made}`)) : undefined;
    const folder = await mkdtemp(join(tmpdir(), 'fettle-migrate-'));
    const place: StoredPlace = { folder, databaseUrl: database?.url };
    const environment = { FETTLE_DATA_DIR: folder, ...(database === undefined ? {} : { DATABASE_URL: database.url }) };
    const close = async (): Promise<void> => {
      await rm(folder, { recursive: true });
      await database?.drop();
    };
    return { place, environment, close };
  };
  // Without the tables of the migrations themselves, which are there before the first of them.
  const tables = async (place: StoredPlace) =>
    Object.keys(await storedContent(place)).filter((name) => !/\bfettle_migration$|^shape$/.test(name));
  const whole = await open();
  const startedAt = Date.now();
  const first = await runFettle(['server', 'migrate'], { environment: whole.environment });
  const duration = Date.now() - startedAt;
  expect(first.code).toBe(0);
  const all = await tables(whole.place);
  expect(all.length).toBeGreaterThan(20);
  const left = new Set<string>();
  for (const part of [0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) {
    const { place, environment: settings, close } = await open();
    await runFettle(['server', 'migrate'], { environment: settings, killAfterMs: duration * part });
    const now = await tables(place);
    if (now.length > 0) expect(now).toEqual(all);
    left.add(now.length > 0 ? 'new' : 'old');
    expect((await runFettle(['server', 'migrate'], { environment: settings })).code).toBe(0);
    expect(await tables(place)).toEqual(all);
    await close();
  }
  expect(left).toContain('old');
  await whole.close();
});

it('says what is wrong and what to do', async () => {
  const well = await doctor();
  expect(well.code).toBe(0);
  for (const check of [
    'settings',
    'runtime',
    'data folder',
    'disk',
    'database',
    'integrity',
    'migrations',
    'key',
    'clock',
  ]) {
    expect(well.find(check), check).toMatchObject([{ state: 'ok' }]);
  }
  expect(well.find('server')).toMatchObject([
    { state: 'warning', hint: expect.stringContaining('fettle server start') },
  ]);
  const settings = await doctor({ PORT: 'eighty', FETTLE_LOGLEVEL: 'info' });
  expect([settings.code, settings.find('settings')]).toMatchObject([
    1,
    [{ state: 'failed', message: expect.stringMatching(/PORT.*FETTLE_LOGLEVEL.*FETTLE_LOG_LEVEL/) }],
  ]);
  const sick = await doctor(
    {
      FETTLE_SECRET: 'Zk3vQ9pL1xT7wR5yB2nM8cD4fG6hJ0sA',
      FETTLE_SMTP_URL: 'smtp://127.0.0.1:1',
      FETTLE_MAIL_FROM: 'it@example.com',
    },
    ['--outbound', 'http://127.0.0.1:1'],
  );
  expect(sick.code).toBe(1);
  for (const check of ['key', 'mail', 'outbound'])
    expect(sick.find(check), check).toMatchObject([{ state: 'failed', hint: expect.any(String) }]);
  await chmod(join(folder, 'secrets.json'), 0o644);
  expect((await doctor()).find('permissions')).toMatchObject([
    { state: 'failed', hint: expect.stringContaining('chmod') },
  ]);
  await chmod(join(folder, 'secrets.json'), 0o600);
  const nowhere = await doctor({ DATABASE_URL: 'postgres://nobody:guess-me@127.0.0.1:1/nothing' });
  expect(nowhere.find('database')).toMatchObject([{ state: 'failed' }]);
  expect(JSON.stringify(nowhere.find('database'))).not.toContain('guess-me');
});
