import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bug } from '@fettle/base';
import { changeStore } from '../testing/store-dump.ts';
import { startTestServer, storeKinds, type TestServer } from '../testing/test-server.ts';
import { openDatabase } from './database.ts';
import { migrate, readApplied, type Migration } from './migrate.ts';
import { migrations } from './migrations.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe.each(storeKinds)('the metadata store on %s', (kind) => {
  it('is shared by servers that start at the same moment', async () => {
    server = await startTestServer(kind);
    const others = await Promise.all([server.startAnother(), server.startAnother(), server.startAnother()]);
    expect(new Set(others.map(({ port }) => port)).size).toBe(3);
  });

  it('refuses to be used when a newer version wrote it, and is left as it is', async () => {
    server = await startTestServer(kind);
    await changeStore(
      server,
      `insert into fettle_migration (name, applied_at) values ('999999-future', '2040-01-01T00:00:00.000Z')`,
    );
    await expect(server.startAnother()).rejects.toMatchObject({
      code: 'database.newer',
      message: expect.stringContaining('999999-future') as string,
    });
  });

  it('is brought up to date as a whole: a step that fails leaves nothing of those before it', async () => {
    server = await startTestServer(kind);
    const { dataFolder, databaseUrl } = server;
    const database = await openDatabase({
      dataFolder,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      maxConnections: 1,
    });
    const first: Migration = {
      name: '900001-first',
      up: (transaction) => transaction.schema.createTable('first_step', (table) => void table.integer('id')),
    };
    const second: Migration = { name: '900002-second', up: () => Promise.reject(bug('The power is gone.')) };
    try {
      const before = await readApplied(database);
      await expect(migrate(database, [...migrations, first, second])).rejects.toThrow('The power is gone.');
      expect(await readApplied(database)).toEqual(before);
      expect(await database.knex.schema.hasTable('first_step')).toBe(false);
      expect(await migrate(database, [...migrations, first])).toEqual(['900001-first']);
      expect(await migrate(database, [...migrations, first])).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('refuses another secret than the one it was set up with', async () => {
    server = await startTestServer(kind);
    await writeFile(join(server.dataFolder, 'secrets.json'), JSON.stringify({ version: 1, secret: 'k'.repeat(64) }));
    await expect(server.startAnother()).rejects.toMatchObject({ code: 'keys.other' });
    for (const damaged of ['', '{"version":1', '{"version":1,"secret":"short"}']) {
      await writeFile(join(server.dataFolder, 'secrets.json'), damaged);
      await expect(server.startAnother()).rejects.toMatchObject({ code: 'keys.unreadable' });
    }
  });
});
