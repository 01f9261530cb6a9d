import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { openDatabase, type Database } from '../../database/database.ts';
import { createLog } from '../../log.ts';
import { createSecretBox } from '../../secrets/secret-box.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';
import { createAudit } from '../audit/audit.service.ts';
import { StoredSecrets } from './stored-secrets.service.ts';

const value = 'xoxb-very-secret-0123456789';

describe.each(storeKinds)('secrets that flows name, on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let database: Database;
  const { list, save, remove } = routes.storedSecrets;
  const at = (environment: string, secret: string) => ({
    params: { workspaceId: world.own.workspaceId, environment, secret },
  });
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
    const place = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...place, maxConnections: 2 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('are listed by name, and never shown again', async () => {
    const { builder } = world.people;
    expect((await builder.call(save, { ...at('production', 'slack'), body: { value } })).status).toBe(204);
    expect((await builder.call(save, { ...at('development', 'slack'), body: { value: 'other one' } })).status).toBe(
      204,
    );
    const reply = await builder.call(list, { params: { workspaceId: world.own.workspaceId } });
    expect(reply.body['secrets']).toMatchObject([
      { name: 'slack', environment: 'development', updatedBy: 'builder@one.test' },
      { name: 'slack', environment: 'production' },
    ]);
    expect(reply.text).not.toContain(value);
    const audit = await world.operator.call(routes.workspaces.audit, {
      params: { workspaceId: world.own.workspaceId },
    });
    expect(audit.text).toContain('secret.save');
    expect(audit.text + server.log.join('\n')).not.toContain(value);
    const stored = (await database.knex('stored_secret').select()) as { sealed: string }[];
    expect(JSON.stringify(stored)).not.toContain(value);
  });

  it('are nobody else’s', async () => {
    const { member } = world.people;
    expect((await member.call(save, { ...at('production', 'slack'), body: { value: 'theirs' } })).status).toBe(403);
    expect((await world.other.owner.call(save, { ...at('production', 'slack'), body: { value } })).status).toBe(404);
    const theirs = good(await world.other.owner.call(list, { params: { workspaceId: world.other.workspaceId } }));
    expect(theirs['secrets']).toEqual([]);
  });

  it('refuse names that a step could not write, and other environments', async () => {
    for (const [environment, name] of [
      ['production', '1x'],
      ['production', '__proto__ x'],
      ['staging', 'slack'],
    ] as const)
      expect((await world.operator.call(save, { ...at(environment, name), body: { value } })).status).toBe(404);
    expect((await world.operator.call(save, { ...at('production', 'x'), body: { value: '' } })).status).toBe(400);
  });

  it('are opened for the flows of their workspace and environment only, and not when they were moved', async () => {
    const clock = createManualClock();
    const log = createLog('fatal');
    const box = createSecretBox([{ id: 'test', material: 'a key for tests that is long enough' }]);
    const secrets = new StoredSecrets({ database, clock, audit: createAudit({ database, clock, log }), box });
    const sealed = (workspaceId: string, name: string) => ({
      workspace_id: workspaceId,
      environment: 'production',
      name,
      sealed: box.seal(value, {
        dataSource: `workspace ${world.own.workspaceId}`,
        environment: 'production',
        setting: 'signing',
      }),
      key_id: 'test',
      updated_at: new Date().toISOString(),
      updated_by: 'test',
    });
    await database.knex('stored_secret').insert(sealed(world.own.workspaceId, 'signing'));
    const own = { workspaceId: world.own.workspaceId, environment: 'production' } as const;
    expect([...(await secrets.reveal(own, ['signing', 'unknown']))]).toEqual([['signing', value]]);
    expect((await secrets.reveal({ ...own, environment: 'development' }, ['signing'])).size).toBe(0);
    expect((await secrets.reveal({ ...own, workspaceId: world.other.workspaceId }, ['signing'])).size).toBe(0);
    await database.knex('stored_secret').insert(sealed(world.other.workspaceId, 'signing'));
    await expect(secrets.reveal({ ...own, workspaceId: world.other.workspaceId }, ['signing'])).rejects.toMatchObject({
      code: 'secrets.unreadable',
    });
    await database.knex('stored_secret').where({ key_id: 'test' }).delete();
  });

  it('can be deleted, once', async () => {
    const { builder } = world.people;
    expect((await builder.call(remove, at('production', 'slack'))).status).toBe(204);
    expect((await builder.call(remove, at('production', 'slack'))).body['code']).toBe('secret.unknown');
  });
});
