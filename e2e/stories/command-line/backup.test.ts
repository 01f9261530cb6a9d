import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { runFettle, type Run } from '../../harness/run-fettle.ts';
import { storedContent, type StoredPlace } from '../../harness/stored-content.ts';

const passphrase = 'a sentence that only the test knows';
const hostSecret = randomBytes(48).toString('base64url');
const storedSecret = 'tok_that-must-never-be-seen';

describe.each(['sqlite', 'postgres'] as const)('a backup of a Fettle on %s', (kind) => {
  let database: MetadataDatabase | undefined;
  let targetDatabase: MetadataDatabase | undefined;
  let installation: Installation | undefined;
  let folder = '';
  let table = { workspaceId: '', dataSource: '', table: 'items' };
  const source = (): StoredPlace => ({ folder: installation?.server.folder ?? '', databaseUrl: database?.url });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-backup-story-'));
    if (kind === 'postgres') {
      database = await createMetadataDatabase(databaseName('backup'));
      targetDatabase = await createMetadataDatabase(databaseName('restore'));
      if (database === undefined) return;
    }
    installation = await startInstallation(database === undefined ? {} : { databaseUrl: database.url });
    table = await fill(installation);
  });
  afterAll(async () => {
    await installation?.server.dispose();
    await database?.drop();
    await targetDatabase?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const fettle = (
    words: readonly string[],
    place: StoredPlace,
    more: Record<string, string> = {},
    killAfterMs?: number,
  ): Promise<Run> =>
    runFettle(words, {
      folder,
      environment: {
        FETTLE_DATA_DIR: place.folder,
        FETTLE_BACKUP_PASSPHRASE: passphrase,
        ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
        ...more,
      },
      ...(killAfterMs === undefined ? {} : { killAfterMs }),
    });
  const emptyPlace = async (): Promise<StoredPlace> => ({
    folder: await mkdtemp(join(folder, 'target-')),
    databaseUrl: targetDatabase?.url,
  });
  const add = async (name: string): Promise<void> => {
    await installation?.owner.client.call(routes.dataSources.rows.create, {
      params: table,
      query: {},
      body: { rows: [{ Name: name }] },
    });
  };

  it('is made while rows are written, and holds them up to one moment', async ({ skip }) => {
    if (installation === undefined) return skip();
    let isWriting = true;
    let written = 0;
    const writing = (async () => {
      while (isWriting) await add(`row ${(written += 1)}`);
    })();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = written - 1;
    const run = await fettle(['server', 'backup', 'busy.backup', '--json'], source());
    const after = written;
    isWriting = false;
    await writing;
    expect([run.code, run.stderr]).toEqual([0, '']);
    const target = await emptyPlace();
    const restored = await fettle(['server', 'restore', 'busy.backup', '--json'], target);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    const rows = JSON.stringify(await storedContent(target)).match(/row \d+/g) ?? [];
    const numbers = rows.map((row) => Number(row.slice(4))).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(before);
    expect(numbers.length).toBeLessThanOrEqual(after);
    expect(after).toBeGreaterThan(before);
  });

  it('restores to another host with another key, with equal content', async ({ skip }) => {
    if (installation === undefined) return skip();
    await installation.server.terminate();
    expect((await fettle(['server', 'backup', 'quiet.backup'], source())).code).toBe(0);
    const bytes = await readFile(join(folder, 'quiet.backup'));
    expect(bytes.includes(storedSecret)).toBe(false);
    expect(bytes.includes('row 1')).toBe(false);
    const target = await emptyPlace();
    const key = { FETTLE_SECRET: hostSecret };
    const full = await fettle(['server', 'restore', 'quiet.backup', '--json'], target, key);
    if (kind === 'postgres') {
      expect([full.code, full.json()]).toMatchObject([5, { error: { code: 'restore.not-empty' } }]);
    }
    const run =
      kind === 'postgres'
        ? await fettle(['server', 'restore', 'quiet.backup', '--force', '--json'], target, key)
        : full;
    expect([run.code, run.json()]).toMatchObject([0, { sealedAnew: 1 }]);
    const restored = await storedContent(target);
    expect(restored).toEqual(await storedContent(source()));
    const file =
      kind === 'postgres'
        ? restored['public.stored_file_part']
        : Object.keys(restored).find((name) => name.startsWith('files/'));
    expect(file).toBeTruthy();
    expect(await readdir(target.folder)).not.toContain('restore');
    // Every secret opens with the key of the new host: they can be sealed once more.
    const next = { FETTLE_SECRET: hostSecret, FETTLE_NEW_SECRET: randomBytes(48).toString('base64url') };
    const rotated = await fettle(['server', 'rotate-keys', '--json'], target, next);
    expect([rotated.code, rotated.json()]).toEqual([0, { sealedAnew: 1 }]);
    const wrong = await fettle(['server', 'rotate-keys', '--json'], target, next);
    expect(wrong.json()).toMatchObject({ error: { code: 'keys.other' } });
  });

  it('exchanges the key of the data folder', async ({ skip }) => {
    if (installation === undefined) return skip();
    const file = join(installation.server.folder, 'secrets.json');
    const before = await readFile(file, 'utf8');
    const run = await fettle(['server', 'rotate-keys', '--json'], source());
    expect([run.code, run.json()]).toEqual([0, { sealedAnew: 1 }]);
    expect(await readFile(file, 'utf8')).not.toBe(before);
    await installation.server.start();
    const running = await fettle(['server', 'rotate-keys', '--json'], source());
    expect([running.code, running.json()]).toMatchObject([5, { error: { code: 'server.running' } }]);
    await installation.server.terminate();
  });

  it('is whole, or is refused', async ({ skip }) => {
    if (installation === undefined) return skip();
    const bytes = await readFile(join(folder, 'quiet.backup'));
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(folder, 'flipped.backup'), flipped);
    await writeFile(join(folder, 'short.backup'), bytes.subarray(0, bytes.length - 70_000));
    await writeFile(join(folder, 'cut.backup'), bytes.subarray(0, bytes.length - 1));
    await writeFile(join(folder, 'noise.backup'), 'no backup at all');
    for (const name of ['flipped', 'short', 'cut', 'noise']) {
      const run = await fettle(['server', 'backup', `${name}.backup`, '--verify', '--json'], source());
      expect([name, run.code]).toEqual([name, 2]);
    }
    const other = { FETTLE_BACKUP_PASSPHRASE: 'another sentence altogether' };
    const wrong = await fettle(['server', 'backup', 'quiet.backup', '--verify', '--json'], source(), other);
    expect(wrong.json()).toMatchObject({ error: { code: 'backup.does-not-open' } });
    const good = await fettle(['server', 'backup', 'quiet.backup', '--verify', '--json'], source());
    expect([good.code, good.json()]).toMatchObject([0, { kind }]);
  });

  it('is refused by a place of the other kind, which stays as it is', async ({ skip }) => {
    if (installation === undefined) return skip();
    // Refused before anything is connected to, or written.
    const databaseUrl = kind === 'sqlite' ? 'postgres://nobody@127.0.0.1:1/nothing' : undefined;
    const other = { folder: await mkdtemp(join(folder, 'other-')), databaseUrl };
    for (const force of [[], ['--force']]) {
      const run = await fettle(['server', 'restore', 'quiet.backup', ...force, '--json'], other);
      expect([run.code, run.json()]).toMatchObject([2, { error: { code: 'restore.other-kind' } }]);
      expect(run.json<{ error: { hint: string } }>().error.hint).toContain('app export');
    }
    expect(await readdir(other.folder)).toEqual([]);
  });

  it('is there as a whole or not at all, whenever its restore is killed', async ({ skip }) => {
    if (installation === undefined) return skip();
    const target = source();
    const saved = join(folder, 'saved');
    const old = await storedContent(target);
    const fresh = await emptyPlace();
    expect((await fettle(['server', 'restore', 'busy.backup', '--force'], fresh)).code).toBe(0);
    const wanted = await storedContent(fresh);
    expect(wanted).not.toEqual(old);
    await rm(saved, { recursive: true, force: true });
    await cp(target.folder, saved, { recursive: true });
    const startedAt = Date.now();
    expect((await fettle(['server', 'restore', 'busy.backup', '--force'], target)).code).toBe(0);
    const duration = Date.now() - startedAt;
    const seen = new Set<string>();
    let isOld = false;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      // From one state into the other, cut off somewhere, most often near the end.
      const from = isOld ? 'old' : 'new';
      const file = isOld ? 'busy.backup' : 'quiet.backup';
      // The first is cut off before it can begin, the last not at all.
      const at = attempt === 0 ? 20 : attempt === 7 ? 60_000 : duration * (0.6 + attempt * 0.06);
      await fettle(['server', 'restore', file, '--force'], target, {}, at);
      expect((await fettle(['server', 'migrate'], target)).code).toBe(0);
      const now = await storedContent(target);
      const matches = JSON.stringify(now) === JSON.stringify(wanted) ? 'new' : sameAs(now, old) ? 'old' : 'between';
      expect(matches, `killed after ${Math.round(at)} of ${duration} ms, from ${from}`).not.toBe('between');
      isOld = matches === 'old';
      seen.add(from === matches ? 'stayed' : 'switched');
    }
    expect([...seen].toSorted()).toEqual(['stayed', 'switched']);
    // And the server opens it.
    await installation.server.start();
  });
});

/** Equal content; a store that was sealed anew in between included. */
function sameAs(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());
}

async function fill({ owner, server, workspaceId }: Installation) {
  const params = { workspaceId };
  const { dataSource } = await owner.client.call(routes.dataSources.create, {
    params,
    body: { name: 'Tables', kind: 'internal' },
  });
  await owner.client.call(routes.dataSources.createTable, {
    params: { workspaceId, dataSource: dataSource.id },
    body: {
      name: 'items',
      fields: [
        { name: 'Name', type: 'text', unique: true },
        { name: 'Amount', type: 'decimal', scale: 2 },
        { name: 'When', type: 'datetime' },
        { name: 'Facts', type: 'json' },
        { name: 'Made', type: 'createdAt' },
      ],
    },
  });
  await owner.client.call(routes.dataSources.rows.create, {
    params: { workspaceId, dataSource: dataSource.id, table: 'items' },
    query: {},
    body: {
      rows: [
        {
          Name: 'Ünï "cödé"\n',
          Amount: '12345678901234.50',
          When: '2026-01-31T09:00:00.123Z',
          Facts: { a: [null, 1.5] },
        },
      ],
    },
  });
  // More than one piece where files are kept in the database.
  const form = new FormData();
  form.set('file', new File([randomBytes(1_300_000)], 'some.bin'));
  const uploaded = await fetch(`${server.url}/api/workspaces/${workspaceId}/files`, {
    method: 'POST',
    headers: { cookie: owner.cookie(), origin: server.url },
    body: form,
  });
  expect(uploaded.status).toBe(200);
  await owner.client.call(routes.storedSecrets.save, {
    params: { workspaceId, environment: 'production', secret: 'token' },
    body: { value: storedSecret },
  });
  const { app } = await owner.client.call(routes.apps.create, {
    params,
    body: { name: 'Desk', from: { kind: 'demo' } },
  });
  await owner.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
  return { workspaceId, dataSource: dataSource.id, table: 'items' };
}
