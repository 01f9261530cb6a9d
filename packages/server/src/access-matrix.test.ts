import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, type Route } from '@fettle/contract';
import { sampleCall } from './testing/sample-calls.ts';
import { dumpStore } from './testing/store-dump.ts';
import type { TestClient, TestReply } from './testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from './testing/test-server.ts';
import { createWorld, type TestWorld } from './testing/test-world.ts';

const file = new URL('./access-matrix.json', import.meta.url);
const actors = ['visitor', 'otherOwner', 'member', 'powerUser', 'builder', 'admin', 'owner', 'apiKey'] as const;
type ActorName = (typeof actors)[number];
type Row = Readonly<Record<ActorName, string>>;

const isWriting = process.env['FETTLE_TEST_WRITE_MATRIX'] === '1';
// These take away what other calls need: the live release, the untouched draft, the session.
const last = ['draft.edit', 'releases.unpublish', 'session.delete'];
const ordered = allRoutes.toSorted((a, b) => last.indexOf(a.id) - last.indexOf(b.id));
const denied = /^(401 session\.|403 |404 not-found)/;

describe.each(isWriting ? (['sqlite'] as const) : storeKinds)('access of every route for every actor on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let matrix: Readonly<Record<string, Row>>;
  let clients: Readonly<Record<ActorName, TestClient>>;
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
    matrix = isWriting ? {} : (JSON.parse(await readFile(file, 'utf8')) as Record<string, Row>);
    clients = { ...world.people, visitor: server.client(), otherOwner: world.other.owner, apiKey: world.apiKey };
  });
  afterAll(() => server.stop());

  const ask = async (route: Route, actor: ActorName): Promise<string> =>
    outcomeOf(await clients[actor].call(route, sampleCall(route, world, actor)));

  it.skipIf(isWriting)('has a reviewed row for every route', () => {
    expect(Object.keys(matrix).sort()).toEqual(allRoutes.map(({ id }) => id).sort());
  });

  it.skipIf(isWriting).each(actors)(
    'refuses %s what the matrix refuses, without a trace',
    async (actor) => {
      const before = await dumpStore(server);
      const writes = server.memory.writes.length;
      const expected: Record<string, string | undefined> = {};
      const answers: Record<string, string> = {};
      for (const route of ordered) {
        const cell = matrix[route.id]?.[actor];
        if (cell === undefined || !denied.test(cell) || route.id === 'session.create' || route.id === 'session.refresh')
          continue;
        expected[route.id] = cell;
        answers[route.id] = await ask(route, actor);
      }
      expect(answers).toEqual(expected);
      expect(server.memory.writes.length).toBe(writes);
      expect(await dumpStore(server)).toEqual(before);
    },
    60_000,
  );

  it('allows what the matrix allows', async () => {
    const answers: Record<string, Record<string, string>> = {};
    const expected: Record<string, Record<string, string>> = {};
    for (const route of ordered) {
      for (const actor of actors) {
        const cell = matrix[route.id]?.[actor];
        if (!isWriting && (cell === undefined || denied.test(cell))) continue;
        (answers[route.id] ??= {})[actor] = await ask(route, actor);
        if (cell !== undefined) (expected[route.id] ??= {})[actor] = cell;
      }
    }
    if (isWriting) await writeFile(file, `${JSON.stringify(answers, null, 2)}\n`);
    else expect(answers).toEqual(expected);
  }, 120_000);
});

/** The status, and the code of the problem when there is one. */
function outcomeOf({ status, body }: TestReply): string {
  const code = body['code'] as unknown;
  return status < 400 || typeof code !== 'string' ? String(status) : `${status} ${code}`;
}
