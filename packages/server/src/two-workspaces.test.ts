import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, type Route } from '@fettle/contract';
import { paramsOf, sampleCall } from './testing/sample-calls.ts';
import { dumpStore } from './testing/store-dump.ts';
import { startTestServer, storeKinds, type TestServer } from './testing/test-server.ts';
import { createWorld, makeApp, type TestWorld } from './testing/test-world.ts';

const parametersOf = (route: Route): readonly string[] =>
  [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] as string);
/** Parameters that name something of a workspace. Tables, columns and rows are named within a data source. */
const owned = ['workspaceId', 'appId', 'app', 'releaseId', 'dataSource', 'userId', 'keyId', 'file'];
const withOwned = allRoutes.filter((route) => parametersOf(route).some((name) => owned.includes(name)));

describe.each(storeKinds)('two workspaces on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let sources: Readonly<Record<string, string>>;
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
    const second = await makeApp(world.other.owner, world.other.workspaceId, 'Second');
    sources = { dataSource: second.dataSource, releaseId: second.releaseId, userId: world.other.ownerId };
  });
  afterAll(() => server.stop());

  it('answers 404 wherever one id of a path belongs to the other workspace, and changes nothing', async () => {
    const before = await dumpStore(server);
    const writes = server.memory.writes.length;
    const strange: string[] = [];
    for (const route of withOwned) {
      const own = paramsOf(route, world.own, world);
      const foreign: Record<string, string> = {
        ...paramsOf(route, world.other, world),
        ...pick(sources, parametersOf(route)),
      };
      for (const name of parametersOf(route).filter((parameter) => owned.includes(parameter))) {
        const params = { ...own, [name]: foreign[name] ?? '' };
        const reply = await world.operator.call(route, { ...sampleCall(route, world, 'stranger'), params });
        // A foreign data source in a running app is no table of that app: refused like any other that it does not use.
        const isRefused =
          reply.status === 404 ||
          (reply.status === 403 && ['app', 'appId'].includes(parametersOf(route)[0] ?? '') && name === 'dataSource');
        if (!isRefused) strange.push(`${route.id} with a foreign ${name}: ${reply.status} ${reply.text.slice(0, 100)}`);
      }
    }
    expect(strange).toEqual([]);
    expect(server.memory.writes.length).toBe(writes);
    expect(await dumpStore(server)).toEqual(before);
  }, 60_000);

  it('takes no word of a path for an id', async () => {
    const words = [
      ':id',
      '{id}',
      '*',
      'undefined',
      'null',
      'NaN',
      '0',
      '-1',
      '%00',
      '..',
      '%2e%2e',
      '__proto__',
      'constructor',
    ];
    const strange: string[] = [];
    for (const route of withOwned) {
      const name = parametersOf(route).find((parameter) => owned.includes(parameter)) ?? '';
      for (const word of words) {
        const path = route.path.replace(/:([A-Za-z]+)/g, (_, parameter: string) =>
          parameter === name ? word : encodeURIComponent(paramsOf(route, world.own, world)[parameter] ?? ''),
        );
        const { body, raw, query } = sampleCall(route, world, 'words');
        const search = new URLSearchParams(
          Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]),
        ).toString();
        const reply = await world.operator.send(route.method, `${path}?${search}`, textOf(body, raw));
        if (![400, 404, 405, 403].includes(reply.status)) strange.push(`${route.id} with ${word}: ${reply.status}`);
      }
    }
    expect(strange).toEqual([]);
  }, 120_000);

  it('tells strangers nothing of an app by its address, open or not', async () => {
    const visitor = server.client();
    const known = await visitor.send('GET', `/api/run/${world.own.slug}/definition`);
    const unknown = await visitor.send('GET', '/api/run/no-such-app/definition');
    expect([known.status, known.body['code'], known.body['hint']]).toEqual([
      unknown.status,
      unknown.body['code'],
      unknown.body['hint'],
    ]);
    const foreign = await world.other.owner.send('GET', `/api/run/${world.own.slug}/definition`);
    const missing = await world.other.owner.send('GET', '/api/run/no-such-app/definition');
    expect([foreign.status, foreign.body['detail']]).toEqual([missing.status, missing.body['detail']]);
  });
});

function pick(from: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

function textOf(body: unknown, raw: string | undefined): { readonly body?: string } {
  if (body !== undefined) return { body: JSON.stringify(body) };
  return raw === undefined ? {} : { body: raw };
}
