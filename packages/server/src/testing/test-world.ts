import { routes } from '@fettle/contract';
import { bug } from '@fettle/base';
import { secretAppFiles } from './test-apps.ts';
import type { TestBody, TestClient, TestReply } from './test-client.ts';
import type { TestServer } from './test-server.ts';

/** The password of everybody in tests. */
export const testPassword = 'a long enough password';

/** People of one workspace with an app and its data source. */
export interface TestWorkspace {
  readonly workspaceId: string;
  readonly dataSource: string;
  readonly appId: string;
  readonly slug: string;
  readonly releaseId: string;
  readonly owner: TestClient;
  readonly ownerId: string;
}

/** Two workspaces with everybody who matters. */
export interface TestWorld {
  readonly own: TestWorkspace;
  readonly other: TestWorkspace;
  readonly operator: TestClient;
  /** Signed-in people of the first workspace, by role. */
  readonly people: Readonly<Record<'owner' | 'admin' | 'builder' | 'member' | 'powerUser', TestClient>>;
  readonly ids: Readonly<Record<'owner' | 'admin' | 'builder' | 'member' | 'powerUser', string>>;
  readonly apiKey: TestClient;
  readonly apiKeyId: string;
}

/** The body of a reply that must have gone well. */
export function good(reply: TestReply): TestBody {
  if (reply.status < 300) return reply.body;
  throw bug(`A call of the fixture failed with ${reply.status}: ${reply.text}`);
}

/** Sets a server up; answers the owner, who also runs the installation. */
export async function setUp(
  server: TestServer,
): Promise<{ readonly client: TestClient; readonly workspaceId: string; readonly userId: string }> {
  const client = server.client();
  const body = {
    token: server.setupToken,
    email: 'owner@one.test',
    name: 'Owner',
    password: testPassword,
    workspaceName: 'One',
  };
  const { user } = good(await client.call(routes.account.setup, { body }));
  const me = user as unknown as { id: string; workspaces: { id: string }[] };
  return { client, userId: me.id, workspaceId: me.workspaces[0]?.id ?? '' };
}

/** Signs somebody in. */
export async function signIn(server: TestServer, email: string, password = testPassword): Promise<TestClient> {
  const client = server.client();
  good(await client.call(routes.account.signIn, { body: { email, password } }));
  return client;
}

/** Adds a person to a workspace; answers their id. */
export async function addMember(by: TestClient, workspaceId: string, email: string, role: string): Promise<string> {
  const body = { email, role, name: email.split('@')[0], password: testPassword };
  const { member } = good(await by.call(routes.workspaces.addMember, { params: { workspaceId }, body }));
  return (member as unknown as { userId: string }).userId;
}

/** Makes a data source and a published app in a workspace. */
export async function makeApp(
  by: TestClient,
  workspaceId: string,
  name: string,
  options: { readonly allowVisitors?: boolean } = {},
) {
  const source = good(
    await by.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: `${name} data`, kind: 'external', connector: 'test/memory', development: { settings: {} } },
    }),
  );
  const dataSource = (source['dataSource'] as unknown as { id: string }).id;
  const files = secretAppFiles(name, dataSource, options);
  const made = good(
    await by.call(routes.apps.create, { params: { workspaceId }, body: { name, from: { kind: 'definition', files } } }),
  );
  const { id: appId, slug } = made['app'] as unknown as { id: string; slug: string };
  const published = good(await by.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
  return { dataSource, appId, slug, releaseId: (published['release'] as unknown as { id: string }).id };
}

/** Makes two workspaces. People of the one are strangers in the other. */
export async function createWorld(server: TestServer): Promise<TestWorld> {
  const { client: operator, workspaceId, userId } = await setUp(server);
  const ids = {
    owner: userId,
    admin: await addMember(operator, workspaceId, 'admin@one.test', 'admin'),
    builder: await addMember(operator, workspaceId, 'builder@one.test', 'builder'),
    member: await addMember(operator, workspaceId, 'member@one.test', 'member'),
    powerUser: await addMember(operator, workspaceId, 'power@one.test', 'member'),
  };
  const second = good(await operator.call(routes.workspaces.create, { body: { name: 'Two' } }));
  const otherId = (second['workspace'] as unknown as { id: string }).id;
  const otherOwnerId = await addMember(operator, otherId, 'owner@two.test', 'owner');
  const otherOwner = await signIn(server, 'owner@two.test');
  good(await otherOwner.call(routes.workspaces.removeMember, { params: { workspaceId: otherId, userId } }));
  const own = { workspaceId, owner: operator, ownerId: userId, ...(await makeApp(operator, workspaceId, 'Orders')) };
  const other = {
    workspaceId: otherId,
    owner: otherOwner,
    ownerId: otherOwnerId,
    ...(await makeApp(otherOwner, otherId, 'People')),
  };
  good(
    await operator.call(routes.apps.setMember, {
      params: { appId: own.appId, userId: ids.powerUser },
      body: { roles: ['power'] },
    }),
  );
  const key = good(
    await operator.call(routes.workspaces.createApiKey, {
      params: { workspaceId },
      body: { name: 'Key', role: 'builder' },
    }),
  );
  const people = {
    owner: operator,
    admin: await signIn(server, 'admin@one.test'),
    builder: await signIn(server, 'builder@one.test'),
    member: await signIn(server, 'member@one.test'),
    powerUser: await signIn(server, 'power@one.test'),
  };
  return {
    own,
    other,
    operator,
    people,
    ids,
    apiKey: server.client({ apiKey: key['secret'] as unknown as string }),
    apiKeyId: (key['apiKey'] as unknown as { id: string }).id,
  };
}
