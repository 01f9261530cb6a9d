import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiPerson, routes, type ApiPerson } from '@fettle/testing';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';

const rounds = 60;

let server: ServerProcess;
let owner: ApiPerson;

beforeAll(async () => {
  server = await startServerProcess();
  owner = createApiPerson(server.url);
  await owner.signIn(ownerLogin.email, ownerLogin.password);
});
afterAll(() => server.dispose());

it('two publishes and a rollback at once leave one line of releases, one of them live, and readers see whole versions', async () => {
  const { user } = await owner.client.call(routes.account.session, {});
  const params0 = { workspaceId: user?.workspaces[0]?.id ?? '' };
  const { app } = await owner.client.call(routes.apps.create, {
    params: params0,
    body: { name: 'Raced', from: { kind: 'blank' } },
  });
  const params = { appId: app.id };
  const first = await owner.client.call(routes.apps.publish, { params, body: { revision: 0 } });
  let published = 1;
  for (let round = 1; round <= rounds; round += 1) {
    const title = `Round ${round}`;
    const commands = [
      { type: 'app.update', changes: { name: title } },
      { type: 'app.update', changes: { description: title } },
    ];
    const { revision } = await owner.client.call(routes.apps.edit, {
      params,
      body: { revision: (round - 1) * 2, requestId: `race-${round}`, commands },
    });
    const publish = (): Promise<unknown> => owner.client.call(routes.apps.publish, { params, body: { revision } });
    const open = () => owner.client.call(routes.apps.open, { params: { app: app.slug } });
    const back = owner.client.call(routes.apps.deployRelease, { params: { ...params, releaseId: first.release.id } });
    const outcomes = await Promise.allSettled([publish(), back, publish(), open(), open()]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    published += 2;
    const seen = outcomes
      .slice(3)
      .map((outcome) => (outcome as PromiseFulfilledResult<Awaited<ReturnType<typeof open>>>).value.client.app);
    for (const { name, description } of seen) expect(description ?? 'Raced').toBe(name);
  }
  const { releases } = await owner.client.call(routes.apps.releases, { params });
  expect(releases.map(({ number }) => number)).toEqual(
    Array.from({ length: published }, (_, index) => published - index),
  );
  expect(releases.filter(({ isLive }) => isLive)).toHaveLength(1);
  const live = releases.find(({ isLive }) => isLive);
  const served = (await owner.client.call(routes.apps.open, { params: { app: app.slug } })).client.app;
  const expected = live?.number === 1 ? 'Raced' : `Round ${Math.ceil(((live?.number ?? 0) - 1) / 2)}`;
  expect(served.name).toBe(expected);
});
