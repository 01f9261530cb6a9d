import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { secretTexts } from '../../testing/test-apps.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, makeApp, type TestWorld } from '../../testing/test-world.ts';

const { apps } = routes;

describe.each(storeKinds)('running apps on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
  });
  afterAll(() => server.stop());

  it('send nobody what their roles may not see, in release and draft alike', async () => {
    const { member, owner } = world.people;
    const released = await member.call(apps.open, { params: { app: world.own.slug } });
    const drafted = await owner.call(apps.draftApp, { params: { appId: world.own.appId }, query: { role: 'basic' } });
    for (const reply of [released, drafted]) {
      expect(reply.status).toBe(200);
      for (const text of [...secretTexts, 'salary', 'cmp_hidden', 'scr_admin', 'qry_secret', '"access"']) {
        expect([text, reply.text.includes(text)]).toEqual([text, false]);
      }
      expect(reply.text).toContain('scr_home');
    }
    const all = await owner.call(apps.open, { params: { app: world.own.slug } });
    expect(all.text).toContain('Secret screen');
    expect(all.text).not.toContain('select secret');
  });

  it('refuse direct calls of what is restricted', async () => {
    const { member, owner } = world.people;
    const app = world.own.slug;
    const { dataSource } = world.own;
    const writes = server.memory.writes.length;
    const run = (query: string) => member.call(apps.runQuery, { params: { app, query }, body: {} });
    expect((await run('qry_secret')).status).toBe(403);
    expect((await run('secretQuery')).status).toBe(403);
    expect((await member.call(apps.rows.list, { params: { app, dataSource, table: 'hidden' }, body: {} })).status).toBe(
      403,
    );
    expect(
      (await member.call(apps.rows.list, { params: { app, dataSource, table: 'no-such' }, body: {} })).status,
    ).toBe(403);
    const create = await member.call(apps.rows.create, {
      params: { app, dataSource, table: 'items' },
      body: { rows: [{ name: 'x' }] },
    });
    expect(create.status).toBe(403);
    const salary = await member.call(apps.rows.list, {
      params: { app, dataSource, table: 'items' },
      body: { columns: ['salary'] },
    });
    expect(salary.status).toBeGreaterThanOrEqual(400);
    const rows = await member.call(apps.rows.list, { params: { app, dataSource, table: 'items' }, body: {} });
    expect(rows.text).toContain('First');
    expect(rows.text).not.toContain('salary');
    expect(server.memory.writes.length).toBe(writes);
    expect((await owner.call(apps.runQuery, { params: { app, query: 'qry_secret' }, body: {} })).status).toBe(200);
  });

  it('note refusals in the audit log', async () => {
    await world.people.member.call(apps.runQuery, { params: { app: world.own.slug, query: 'qry_secret' }, body: {} });
    const { text } = await world.operator.call(routes.workspaces.audit, {
      params: { workspaceId: world.own.workspaceId },
      query: { limit: 20 },
    });
    expect(text).toContain('"actor":"member@one.test","action":"run.run-query"');
    expect(text).toContain('"outcome":"denied"');
  });

  it('give and take roles at once', async () => {
    const { member, owner } = world.people;
    const setRoles = (roles: readonly string[]) =>
      owner.call(apps.setMember, { params: { appId: world.own.appId, userId: world.ids.member }, body: { roles } });
    const run = () => member.call(apps.runQuery, { params: { app: world.own.slug, query: 'qry_secret' }, body: {} });
    expect((await run()).status).toBe(403);
    await setRoles(['admin']);
    expect((await run()).status).toBe(200);
    await setRoles([]);
    expect((await run()).status).toBe(403);
    expect((await setRoles(['no-such-role'])).status).toBe(400);
    await owner.call(routes.workspaces.updateMember, {
      params: { workspaceId: world.own.workspaceId, userId: world.ids.powerUser },
      body: { role: 'member' },
    });
    const { body } = await owner.call(apps.members, { params: { appId: world.own.appId } });
    const power = (body['members'] as unknown as { userId: string; roles: string[]; effective: string[] }[]).find(
      ({ userId }) => userId === world.ids.powerUser,
    );
    expect(power).toMatchObject({ roles: ['power'], effective: ['power', 'basic', 'public'] });
  });

  it('change rights with the release, not with the draft', async () => {
    const { owner, member } = world.people;
    const app = await makeApp(owner, world.own.workspaceId, 'Versioned');
    const run = () => member.call(apps.runQuery, { params: { app: app.slug, query: 'qry_open' }, body: {} });
    expect((await run()).status).toBe(200);
    const remove = { type: 'component.remove', screen: 'scr_home', components: ['cmp_run'] };
    good(
      await owner.call(apps.edit, {
        params: { appId: app.appId },
        body: { revision: 0, requestId: 'remove', commands: [remove] },
      }),
    );
    expect((await run()).status).toBe(200);
    good(await owner.call(apps.publish, { params: { appId: app.appId }, body: { revision: 1 } }));
    expect((await run()).status).toBe(403);
  });

  it('let visitors in only where the app says so, as the role public', async () => {
    const app = await makeApp(world.people.owner, world.own.workspaceId, 'Open', { allowVisitors: true });
    const visitor = server.client();
    const opened = await visitor.call(apps.open, { params: { app: app.slug } });
    expect(opened.status).toBe(200);
    expect(opened.body['user']).toBeNull();
    // Its screens are for basic users, so a visitor is let in and shown nothing.
    expect(opened.text).not.toContain('scr_home');
    expect(
      (
        await visitor.call(apps.rows.list, {
          params: { app: app.slug, dataSource: app.dataSource, table: 'items' },
          body: {},
        })
      ).status,
    ).toBe(401);
    expect((await world.other.owner.call(apps.open, { params: { app: app.slug } })).status).toBe(200);
    // Who can write nothing cannot fill the disk with files either.
    const file = { params: { app: app.slug }, query: {} };
    expect((await visitor.call(apps.files.upload, file)).status).toBe(401);
    expect((await world.people.member.call(apps.files.upload, file)).status).not.toBe(403);
    const { body } = await world.people.member.call(apps.mine, { params: { workspaceId: world.own.workspaceId } });
    expect((body['apps'] as unknown as { slug: string }[]).map(({ slug }) => slug)).toContain(app.slug);
  });

  it('explain what a role may do, with the reason', async () => {
    const { body } = await world.people.builder.call(apps.explainAccess, {
      params: { appId: world.own.appId },
      query: { role: 'basic' },
    });
    const screens = body['screens'] as unknown as { id: string; isAllowed: boolean; reason: string }[];
    expect(screens.map(({ id, isAllowed }) => [id, isAllowed])).toEqual([
      ['scr_home', true],
      ['scr_admin', false],
    ]);
    expect(screens[1]?.reason).toContain('not open to any of their roles');
  });
});
