import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { addQuery } from '../../testing/sample-calls.ts';
import type { TestClient, TestReply } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { good, makeApp, setUp } from '../../testing/test-world.ts';

const { apps } = routes;
interface Release {
  readonly id: string;
  readonly number: number;
  readonly isLive: boolean;
  readonly hash: string;
}

describe.each(storeKinds)('releases on %s', (kind) => {
  let server: TestServer;
  let owner: TestClient;
  let workspaceId: string;
  let app: Awaited<ReturnType<typeof makeApp>>;
  let requests = 0;
  beforeAll(async () => {
    server = await startTestServer(kind);
    ({ client: owner, workspaceId } = await setUp(server));
  });
  beforeEach(async () => {
    app = await makeApp(owner, workspaceId, 'Orders');
  });
  afterAll(() => server.stop());

  const params = () => ({ appId: app.appId });
  const setText = async (revision: number, value: string): Promise<number> => {
    const command = { type: 'setting.set', screen: 'scr_home', component: 'cmp_note', path: 'text', value };
    const reply = await owner.call(apps.edit, {
      params: params(),
      body: { revision, requestId: `r-${(requests += 1)}`, commands: [command] },
    });
    return good(reply)['revision'] as unknown as number;
  };
  const publish = (revision: number): Promise<TestReply> =>
    owner.call(apps.publish, { params: params(), body: { revision, note: 'A note' } });
  const list = async (): Promise<Release[]> =>
    good(await owner.call(apps.releases, { params: params() }))['releases'] as unknown as Release[];
  const open = (): Promise<TestReply> => owner.call(apps.open, { params: { app: app.slug } });

  it('freeze the draft: what comes after does not change them', async () => {
    const before = (await open()).text;
    await setText(0, 'Later text');
    expect((await open()).text).toBe(before);
    expect((await publish(1)).body['release']).toMatchObject({ number: 2, isLive: true });
    expect((await open()).text).toContain('Later text');
    const [second, first] = await list();
    expect([first?.isLive, second?.isLive]).toEqual([false, true]);
    expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
      expect((await owner.send(method, `/api/apps/${app.appId}/releases/${first?.id}`, { body: '{}' })).status).toBe(
        404,
      );
    }
  });

  it('go back: an older release is live again with its very content', async () => {
    const before = (await open()).text;
    await setText(0, 'Broken');
    await publish(1);
    const reply = await owner.call(apps.deployRelease, { params: { appId: app.appId, releaseId: app.releaseId } });
    expect(reply.body['release']).toMatchObject({ id: app.releaseId, isLive: true });
    expect((await open()).text).toBe(before);
    expect((await owner.call(apps.read, { params: params() })).body['app']).toMatchObject({
      hasChanges: true,
      live: { number: 1 },
    });
  });

  it('are taken offline and kept', async () => {
    await owner.call(apps.unpublish, { params: params() });
    expect((await open()).status).toBe(404);
    expect(await list()).toHaveLength(1);
  });

  it('are made of the draft that was looked at, or not at all', async () => {
    await setText(0, 'Newer');
    const reply = await publish(0);
    expect([reply.status, reply.body['code'], reply.body['details']]).toEqual([409, 'draft.moved', { revision: 1 }]);
    expect(await list()).toHaveLength(1);
  });

  it('are refused while the app has errors', async () => {
    await setText(0, '{{ 1 + }}');
    const reply = await publish(1);
    expect([reply.status, reply.body['code']]).toEqual([400, 'release.problems']);
    expect(reply.body['problems']?.length).toBeGreaterThan(0);
  });

  it('say of problems in flows which flow and step they are in', async () => {
    const steps = [{ id: 'stp_gone', name: 'gone', kind: 'subFlow', flow: 'flw_gone', mode: 'call', input: {} }];
    const flow = { id: 'flw_x', name: 'x', trigger: { type: 'core/manual', settings: {} }, steps };
    const body = { revision: 0, requestId: 'flow-problems', commands: [{ type: 'flow.add', flow }] };
    good(await owner.call(apps.edit, { params: params(), body }));
    const { problems } = good(await owner.call(apps.problems, { params: params() }));
    expect(problems).toMatchObject([{ severity: 'error', place: { flow: 'flw_x', step: 'stp_gone' } }]);
  });

  it('have numbers without holes and one live among them, however many publish and go back at once', async () => {
    const work = Array.from({ length: 30 }, (_, index) =>
      index % 3 === 2
        ? owner.call(apps.deployRelease, { params: { appId: app.appId, releaseId: app.releaseId } })
        : publish(0),
    );
    const readers = Array.from({ length: 30 }, () => open());
    expect((await Promise.all(work)).map(({ status }) => status)).toEqual(work.map(() => 200));
    for (const reply of await Promise.all(readers)) expect(reply.status).toBe(200);
    const releases = await list();
    expect(releases.map(({ number }) => number)).toEqual(releases.map((_, index) => releases.length - index));
    expect(releases.filter(({ isLive }) => isLive)).toHaveLength(1);
  });

  it('say in words what changed', async () => {
    await setText(0, 'Changed text');
    const command = addQuery('added', app.dataSource);
    await owner.call(apps.edit, {
      params: params(),
      body: { revision: 1, requestId: `r-${(requests += 1)}`, commands: [command] },
    });
    const { body } = await owner.call(apps.changes, { params: params() });
    expect(body['changes']).toEqual([
      {
        kind: 'changed',
        subject: 'component',
        name: 'secretNote',
        screen: 'home',
        details: ['settings text: "Top secret text" → "Changed text"'],
      },
      { kind: 'added', subject: 'query', name: 'added', details: [] },
    ]);
    const published = good(await publish(2))['release'] as unknown as Release;
    const compared = await owner.call(apps.compareReleases, {
      params: params(),
      query: { from: app.releaseId, to: published.id },
    });
    expect(compared.body['changes']).toEqual(body['changes']);
    expect((await owner.call(apps.changes, { params: params() })).body['changes']).toEqual([]);
  });

  it('disappear with their app', async () => {
    const wrong = await owner.call(apps.delete, { params: params(), query: { confirm: 'orders' } });
    expect(wrong.status).toBe(400);
    expect((await owner.call(apps.delete, { params: params(), query: { confirm: 'Orders' } })).status).toBe(204);
    expect((await open()).status).toBe(404);
    expect((await owner.call(apps.releases, { params: params() })).status).toBe(404);
  });
});
