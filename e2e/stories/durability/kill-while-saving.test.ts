import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appToJson,
  builtInCatalog,
  createApiPerson,
  findPostgres,
  loadApp,
  parseCommand,
  routes,
  type ApiPerson,
  type App,
  type Command,
} from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';
import { contentHash, createWriter, replay } from './writer.ts';

const saves = 200;
const publishes = 50;
const kills = 16;

const hasPostgres = (await findPostgres()) !== undefined;
const stores = hasPostgres ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const);

describe.each(stores)('the server is killed while an app is saved and published, metadata on %s', (store) => {
  let database: MetadataDatabase | undefined;
  let server: ServerProcess;
  let owner: ApiPerson;
  let appId = '';
  let start: App;

  beforeAll(async () => {
    database = store === 'PostgreSQL' ? await createMetadataDatabase(databaseName('durability')) : undefined;
    server = await startServerProcess(database === undefined ? {} : { databaseUrl: database.url });
    owner = createApiPerson(server.url);
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await owner.client.call(routes.account.session, {});
    const workspaceId = user?.workspaces[0]?.id ?? '';
    const made = await owner.client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name: 'Durable', from: { kind: 'blank' } },
    });
    appId = made.app.id;
    start = await exported();
  });

  afterAll(async () => {
    await server.dispose();
    await database?.drop();
  });

  const exported = async (): Promise<App> => {
    const { files } = await owner.client.call(routes.apps.export, { params: { appId } });
    const loaded = loadApp(files, { catalog: builtInCatalog });
    if (!loaded.ok) throw loaded.error;
    return loaded.value;
  };

  it('keeps every confirmed edit and release, in order, without holes, and nothing by halves', async () => {
    const random = createRandom(store.length);
    const writer = createWriter({ server, owner, appId, random });
    const fatal = new Set(Array.from({ length: kills }, () => Math.floor(random() * (saves + publishes))));
    const screen = Object.keys(start.screens)[0] ?? '';
    let step = 0;
    for (let save = 1; save <= saves; save += 1) {
      await writer.save(editNumber(save, start, screen), fatal.has(step));
      step += 1;
      if (save % (saves / publishes) === 0) {
        await writer.publish(fatal.has(step));
        step += 1;
      }
    }
    const { confirmed } = writer;
    const params = { appId };

    const history = await owner.client.call(routes.apps.history, { params, query: { since: 0 } });
    expect(history.commands.map(({ revision }) => revision)).toEqual(confirmed.commands.map((_, index) => index + 1));
    expect(history.commands.map(({ command }) => command)).toEqual(confirmed.commands);
    const stored = history.commands.map(({ command }) => readCommand(command));
    expect(appToJson(await exported())).toEqual(appToJson(replay(start, stored, stored.length)));

    const { releases } = await owner.client.call(routes.apps.releases, { params });
    expect(releases.map(({ number }) => number)).toEqual(
      Array.from({ length: publishes }, (_, index) => publishes - index),
    );
    expect(releases.filter(({ isLive }) => isLive).map(({ number }) => number)).toEqual([publishes]);
    for (const { info, revision } of confirmed.releases) {
      const kept = releases.find(({ id }) => id === info.id);
      expect(kept).toMatchObject({ number: info.number, hash: info.hash, note: `At revision ${revision}` });
      expect(kept?.hash).toBe(contentHash(replay(start, stored, revision)));
    }
    const [newest] = releases;
    const oldest = releases.at(-1);
    const compared = await owner.client.call(routes.apps.compareReleases, {
      params,
      query: { from: oldest?.id ?? '', to: newest?.id ?? '' },
    });
    expect(compared.changes.length).toBeGreaterThan(0);
    // The kills must have struck: most of them while a request was under way.
    expect(confirmed.crashes).toBeGreaterThan(2);
  });

  it('shows the live release to people after all that', async () => {
    const { app } = await owner.client.call(routes.apps.read, { params: { appId } });
    expect(app.hasChanges).toBe(false);
    const running = await owner.client.call(routes.apps.open, { params: { app: app.slug } });
    expect(JSON.stringify(running.client)).toContain(`Text ${saves}`);
  });

  it('ends in good order when it is asked to', async () => {
    expect(await server.terminate()).toBe(0);
  });
});

/** One autosave: a text is added, and what it says is typed in the same or a later one. */
function editNumber(save: number, start: App, screen: string): readonly Command[] {
  const parent = start.screens[screen]?.root ?? '';
  const number = Math.ceil(save / 2);
  const component = `cmp_text${number}`;
  const type: Command = { type: 'setting.set', screen, component, path: 'text', value: `Text ${save}` };
  if (save % 2 === 0) return [type];
  const text = { type: 'core/text', name: `text${number}`, settings: { text: 'New' } };
  return [
    {
      type: 'component.add',
      screen,
      parent,
      slot: 'children',
      index: 0,
      root: component,
      components: { [component]: text },
    },
    type,
  ];
}

function readCommand(json: Readonly<Record<string, unknown>>): Command {
  const parsed = parseCommand(json);
  if (parsed.ok) return parsed.value;
  throw new TypeError(`Not a command: ${parsed.error[0]?.message ?? ''}`);
}

/** The same kills in every run, so that a failure can be looked at again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
