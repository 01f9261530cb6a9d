import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupCapability } from '@fettle/sdk/server';
import { postgresBackup } from '../src/postgres/backup.ts';
import { testContext, unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems, type System, type TestDatabase } from './databases.ts';

const run = promisify(execFile);
const systems = await reachableSystems();
const count = 20_000;
const text = "Grüße, it's \\ “quoted” 漢字";

/** What a copy holds, found by restoring it beside the database it was made of. */
const restored: Readonly<Record<System, (copy: Buffer, folder: string) => Promise<{ count: number; text: string }>>> = {
  async sqlite(copy, folder) {
    await writeFile(join(folder, 'copy.sqlite'), copy);
    const database = new DatabaseSync(join(folder, 'copy.sqlite'), { readOnly: true });
    const row = database.prepare('select count(*) as count, max(note) as text from thing').get();
    database.close();
    return row as unknown as { count: number; text: string };
  },
  async postgres(copy, folder) {
    const other = await createDatabase('postgres');
    const file = join(folder, 'copy.dump');
    await writeFile(file, copy);
    const [place] = await other.run('select current_database() as name');
    const url = new URL(process.env['FETTLE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres');
    url.pathname = String(place?.['name']);
    await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${url.href}`, file]);
    const [row] = await other.run('select count(*)::int as count, max(note) as text from thing');
    await other.drop();
    return row as unknown as { count: number; text: string };
  },
  async mysql(copy) {
    const other = await createDatabase('mysql');
    await other.run(copy.toString().replaceAll(/^\/\*M?!999999.*$/gm, ''));
    const [row] = await other.run('select count(*) as count, max(note) as text from thing');
    await other.drop();
    return row as unknown as { count: number; text: string };
  },
};

describe.each(systems)('copies of %s', (system) => {
  let database: TestDatabase;
  let folder: string;
  const backup = (): BackupCapability => database.session.backup as BackupCapability;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-backup-test-'));
    database = await createDatabase(system);
    await database.run(`create table thing (id integer primary key, note varchar(100) not null)`);
    const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', system === 'mysql' ? '\\\\' : '\\')}'`;
    for (let at = 1; at <= count; at += 1000) {
      const rows = Array.from({ length: 1000 }, (_, index) => `(${at + index}, ${quoted})`);
      await database.run(`insert into thing values ${rows.join(', ')}`);
    }
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('hold everything, and can be restored', async () => {
    const copy = await buffer(backup().read(calm));
    expect(copy.length).toBeGreaterThan(10_000);
    const found = await restored[system](copy, folder);
    expect([Number(found.count), found.text]).toEqual([count, text]);
  });

  it('end with whoever asked for them', async () => {
    const controller = new AbortController();
    const reading = buffer(backup().read({ ...calm, signal: controller.signal }));
    controller.abort(new TypeError('over'));
    await expect(reading).rejects.toThrow();
    await expect(buffer(backup().read({ ...calm, signal: controller.signal }))).rejects.toThrow('over');
  });
});

describe.runIf(systems.includes('postgres'))('a copy that cannot be made', () => {
  const target = {
    host: '127.0.0.1',
    port: 5432,
    database: 'there_is_no_such_database',
    user: 'postgres',
    password: 'not-to-be-told',
    encryption: 'off',
    certificate: undefined,
    preparedStatements: true,
  } as const;

  it('fails with what its program says, and never as a short copy', async () => {
    const reading = buffer(postgresBackup(target, testContext({})).read(calm));
    await expect(reading).rejects.toMatchObject({
      code: 'backup.failed',
      message: expect.stringContaining('there_is_no_such_database') as unknown,
    });
    await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining('not-to-be-told') as unknown });
  });

  it('says which program is missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      await expect(buffer(postgresBackup(target, testContext({})).read(calm))).rejects.toMatchObject({
        code: 'backup.program-missing',
        message: expect.stringContaining('pg_dump') as unknown,
      });
    } finally {
      process.env['PATH'] = path;
    }
  });
});
