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
  const draft = await owner.client.call(routes.apps.draftApp, { params, query: {} });
  const screen = Object.keys(draft.client.screens)[0] ?? '';
  /** Two documents of the app say the same: a reader who gets them from two versions sees it. */
  const say = async (revision: number, requestId: string, title: string): Promise<number> => {
    const commands = [
      { type: 'app.update', changes: { name: title } },
      { type: 'screen.update', screen, changes: { title } },
    ];
    return (await owner.client.call(routes.apps.edit, { params, body: { revision, requestId, commands } })).revision;
  };
  const raced = await say(0, 'race-first', 'Raced');
  const first = await owner.client.call(routes.apps.publish, { params, body: { revision: raced } });
  let published = 1;
  for (let round = 1; round <= rounds; round += 1) {
    const revision = await say(round * 2, `race-${round}`, `Round ${round}`);
    const publish = (): Promise<unknown> => owner.client.call(routes.apps.publish, { params, body: { revision } });
    const open = () => owner.client.call(routes.apps.open, { params: { app: app.slug } });
    const back = owner.client.call(routes.apps.deployRelease, { params: { ...params, releaseId: first.release.id } });
    const outcomes = await Promise.allSettled([publish(), back, publish(), open(), open()]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    published += 2;
    const seen = outcomes
      .slice(3)
      .map((outcome) => (outcome as PromiseFulfilledResult<Awaited<ReturnType<typeof open>>>).value.client);
    for (const client of seen) expect(client.screens[screen]?.title).toBe(client.app.name);
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
