import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { changeStore } from '../testing/store-dump.ts';
import { startTestServer, storeKinds, type TestServer } from '../testing/test-server.ts';

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
