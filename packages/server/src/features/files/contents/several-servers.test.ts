import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { routes } from '@fettle/contract';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';
import { createPostgresDatabase } from '../../../testing/test-server.ts';
import { pathOnDisk } from './disk-contents.ts';

interface Stored {
  readonly id: string;
  readonly size: number;
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

// Each with a data folder of its own, as in a cluster without a disk that they share.
describe.skipIf((await findPostgres()) === undefined)('servers on one PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createPostgresDatabase>>;
  let first: DataTestServer;
  let second: DataTestServer;
  const settings = () => ({ DATABASE_URL: database.url, FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu' });

  beforeAll(async () => {
    database = await createPostgresDatabase();
    first = await startDataTestServer(settings());
    second = await startDataTestServer(settings());
  }, 60_000);
  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
    await database?.drop();
  });

  const place = (server: DataTestServer) => `${server.baseUrl}/api/workspaces/${server.workspaceId}/files`;
  const headers = (server: DataTestServer) => ({ cookie: server.cookie, origin: server.baseUrl });
  const upload = async (server: DataTestServer, bytes: Uint8Array): Promise<Stored> => {
    const body = new FormData();
    body.set('file', new File([Buffer.from(bytes)], 'some.bin'));
    const reply = await fetch(place(server), { method: 'POST', headers: headers(server), body });
    return ((await reply.json()) as { file: Stored }).file;
  };
  const download = async (server: DataTestServer, id: string): Promise<Uint8Array> => {
    const reply = await fetch(`${place(server)}/${id}`, { headers: headers(server) });
    expect(reply.status).toBe(200);
    return new Uint8Array(await reply.arrayBuffer());
  };
  const onDatabase = async (text: string, values: unknown[]): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(text, values).finally(() => client.end());
  };
  const filesOf = async (server: DataTestServer): Promise<readonly string[]> => {
    const entries = await readdir(server.folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name !== 'secrets.json').map(({ name }) => name);
  };

  it.each([1, 512 * 1024, 1024 * 1024, 3_000_001])('have each other’s files of %i bytes', async (size) => {
    const bytes = randomBytes(size);
    const { id } = await upload(first, bytes);
    expect(hash(await download(second, id))).toBe(hash(bytes));
    expect(hash(await download(first, id))).toBe(hash(bytes));
  });

  it('keep nothing of them in their folders, refused ones included', async () => {
    const refused = await upload(second, new Uint8Array());
    expect(refused).toBeUndefined();
    expect([await filesOf(first), await filesOf(second)]).toEqual([[], []]);
  });

  it('take in what lay in a data folder before', async () => {
    const bytes = randomBytes(700_000);
    const { id } = await upload(first, bytes);
    // As it was when files of an installation on PostgreSQL were kept on disk.
    const third = await startDataTestServer(settings());
    const path = pathOnDisk(join(third.folder, 'files'), { id, workspaceId: first.workspaceId });
    await onDatabase('delete from stored_file_part where file_id = $1', [id]);
    const lost = await fetch(`${place(second)}/${id}`, { headers: headers(second) });
    expect([lost.status, await lost.json()]).toMatchObject([503, { code: 'file.lost' }]);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    const fourth = await startDataTestServer({ ...settings(), FETTLE_DATA_DIR: third.folder });
    expect(hash(await download(second, id))).toBe(hash(bytes));
    expect(await readdir(dirname(path))).toEqual([]);
    await Promise.all([third.close(), fourth.close()]);
  });

  it('do not make a second demo beside the one that another server has', async () => {
    const params = { workspaceId: first.workspaceId };
    const { dataSource } = await first.client.call(routes.dataSources.create, {
      params,
      body: { name: 'Demo', kind: 'demo' },
    });
    const read = (server: DataTestServer) =>
      server.client.call(routes.dataSources.schema, { params: { ...params, dataSource: dataSource.id } });
    expect((await read(first)).schema.tables.length).toBeGreaterThan(5);
    await expect(read(second)).rejects.toMatchObject({ code: 'demo.elsewhere' });
    expect((await filesOf(second)).filter((name) => name.endsWith('.sqlite'))).toEqual([]);
  });
});
