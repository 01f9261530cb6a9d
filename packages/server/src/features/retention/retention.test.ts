import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { openDatabase, type Database } from '../../database/database.ts';
import { createLog } from '../../log.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { good, makeApp, setUp, signIn } from '../../testing/test-world.ts';
import { createRetention } from './retention.service.ts';

const day = 86_400_000;

describe.each(storeKinds)('retention on %s', (kind) => {
  let server: TestServer;
  let owner: TestClient;
  let workspaceId: string;
  let database: Database;
  beforeAll(async () => {
    server = await startTestServer(kind);
    ({ client: owner, workspaceId } = await setUp(server));
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 2,
    });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const sweepAfter = async (days: number, periods: { auditDays: number; historyDays: number }): Promise<void> => {
    const clock = createManualClock();
    clock.advance(days * day);
    await createRetention({
      database,
      clock,
      log: createLog('fatal'),
      periods: { notificationDays: 90, runs: { runDays: 0, trialRunDays: 0 }, ...periods },
    }).sweep();
  };
  // A sweep in the future ends every session: what is left is counted in the database, and whoever calls signs in anew.
  const auditCount = async (): Promise<number> => (await database.knex('audit').select('id')).length;

  it('keeps the audit log for its period, and for good when there is none', async () => {
    await makeApp(owner, workspaceId, 'Audited');
    const count = await auditCount();
    expect(count).toBeGreaterThan(0);
    await sweepAfter(399, { auditDays: 400, historyDays: 0 });
    await sweepAfter(4000, { auditDays: 0, historyDays: 0 });
    expect(await auditCount()).toBe(count);
    await sweepAfter(401, { auditDays: 400, historyDays: 0 });
    expect(await auditCount()).toBe(0);
  });

  it('removes old commands, but none that an edit may still be rebased over', async () => {
    owner = await signIn(server, 'owner@one.test');
    const { appId } = await makeApp(owner, workspaceId, 'Edited');
    const count = 2_700;
    const edit = async (revision: number, size: number, requestId: string): Promise<void> => {
      const commands = Array.from({ length: size }, (_, index) => ({
        type: 'setting.set',
        screen: 'scr_home',
        component: 'cmp_note',
        path: 'text',
        value: `${revision + index}`,
      }));
      good(await owner.call(routes.apps.edit, { params: { appId }, body: { revision, requestId, commands } }));
    };
    for (let revision = 0; revision < count; revision += 100) await edit(revision, 100, `request-${revision}`);
    await sweepAfter(89, { auditDays: 0, historyDays: 90 });
    const stored = (): Promise<number[]> =>
      database.knex('draft_command').where({ app_id: appId }).orderBy('revision').pluck('revision') as Promise<
        number[]
      >;
    expect(await stored()).toHaveLength(count);
    await sweepAfter(91, { auditDays: 0, historyDays: 90 });
    const left = await stored();
    expect([left[0], left.length]).toEqual([701, 2_000]);

    owner = await signIn(server, 'owner@one.test');
    const text = { type: 'setting.set', screen: 'scr_home', component: 'cmp_note', path: 'size', value: 'lg' };
    const body = { revision: 700, requestId: 'from-far', commands: [text] };
    const farBehind = await owner.call(routes.apps.edit, { params: { appId }, body });
    expect([farBehind.status, farBehind.body['code']]).toEqual([200, undefined]);
    const behind = { revision: 699, requestId: 'from-too-far', commands: [text] };
    const refused = await owner.call(routes.apps.edit, { params: { appId }, body: behind });
    expect([refused.status, refused.body['code']]).toEqual([409, 'draft.revision-unknown']);
    // A request that was answered before its commands went is not applied again.
    const again = await owner.call(routes.apps.edit, {
      params: { appId },
      body: { revision: 0, requestId: 'request-0', commands: [text] },
    });
    expect(again.status).toBe(409);
  });
});
