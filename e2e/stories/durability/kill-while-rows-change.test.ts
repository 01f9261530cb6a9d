import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiPerson, emptyApp, findPostgres, routes, saveApp, type ApiPerson, type App } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';

/** How often processes are killed. `ROW_KILLS=200` for the long test. */
const kills = Number(process.env['ROW_KILLS'] ?? 5);
const writers = 4;

const stores = (await findPostgres()) === undefined ? (['SQLite'] as const) : (['SQLite', 'PostgreSQL'] as const);

interface Place {
  readonly dataSource: string;
  readonly table: string;
}

/** On PostgreSQL one process takes writes and another plays runs; on SQLite one does everything. */
describe.each(stores)('processes are killed while rows change that start flows, metadata on %s', (store) => {
  let database: MetadataDatabase | undefined;
  const processes: ServerProcess[] = [];
  let owner: ApiPerson;
  let app: { readonly id: string; readonly slug: string };
  let places: readonly Place[];

  beforeAll(async () => {
    database = store === 'PostgreSQL' ? await createMetadataDatabase(databaseName('rowkill')) : undefined;
    const shared = database === undefined ? {} : { FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu' };
    const start = (role: string) =>
      startServerProcess({
        ...(database === undefined ? {} : { databaseUrl: database.url }),
        settings: { ...shared, ...(database === undefined ? {} : { FETTLE_ROLE: role }) },
      });
    const server = await start('server');
    processes.push(server);
    if (database !== undefined)
      processes.push(
        await startServerProcess({
          databaseUrl: database.url,
          settings: { ...shared, FETTLE_ROLE: 'worker', FETTLE_SQLITE_DIRS: join(server.folder, 'sqlite') },
        }),
      );
    owner = createApiPerson(server.url);
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    await prepare(server);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.dispose()));
    await database?.drop();
  });

  async function prepare(server: ServerProcess): Promise<void> {
    const { user } = await owner.client.call(routes.account.session, {});
    const params = { workspaceId: user?.workspaces[0]?.id ?? '' };
    const { client } = owner;
    const own = await client.call(routes.dataSources.create, { params, body: { name: 'Tables', kind: 'internal' } });
    await client.call(routes.dataSources.createTable, {
      params: { ...params, dataSource: own.dataSource.id },
      body: { name: 'ticket', fields: [{ name: 'title', type: 'text' }] },
    });
    mkdirSync(join(server.folder, 'sqlite'), { recursive: true });
    const file = new DatabaseSync(join(server.folder, 'sqlite', 'shop.sqlite'));
    file.exec('create table ticket (id integer primary key autoincrement, title text)');
    file.close();
    const foreign = await client.call(routes.dataSources.create, {
      params,
      body: {
        name: 'Shop',
        kind: 'external',
        connector: 'core/sqlite',
        development: { settings: { file: 'shop.sqlite' } },
      },
    });
    places = [own, foreign].map(({ dataSource }) => ({ dataSource: dataSource.id, table: 'ticket' }));
    const created = await client.call(routes.apps.create, {
      params,
      body: { name: 'Rows', from: { kind: 'definition', files: saveApp(watching(places)) } },
    });
    app = created.app;
    await client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
  }

  const call = <T>(work: () => Promise<T>): Promise<T | undefined> => work().catch(() => undefined);

  /** Changes rows until it is told to stop. What is acknowledged, it notes. */
  async function write(place: Place, name: string, isOver: () => boolean, said: Set<string>): Promise<void> {
    const params = { app: app.slug, ...place };
    const { rows } = routes.apps;
    for (let number = 0; !isOver(); number += 1) {
      const title = `${name}-${number}`;
      const made = await call(() => owner.client.call(rows.create, { params, body: { rows: [{ title }] } }));
      const id = made?.rows[0]?.['id'];
      if (id === undefined) {
        await pause(50);
        continue;
      }
      said.add(`created ${title}`);
      const change = { key: { id }, values: { title: `${title}!` } };
      const changed = await call(() => owner.client.call(rows.update, { params, body: { changes: [change] } }));
      if (changed !== undefined) said.add(`updated ${title}!`);
    }
  }

  /** What the rows say happened: one that is changed was created before. */
  async function happenedIn(place: Place): Promise<readonly string[]> {
    const params = { app: app.slug, ...place };
    const titles: string[] = [];
    for (let offset = 0, isLast = false; !isLast; offset += 500) {
      const page = await owner.client.call(routes.apps.rows.list, { params, query: {}, body: { limit: 500, offset } });
      titles.push(...page.rows.map((row) => String(row['title'])));
      isLast = page.rows.length < 500;
    }
    return titles.flatMap((title) =>
      title.endsWith('!') ? [`created ${title.slice(0, -1)}`, `updated ${title}`] : [`created ${title}`],
    );
  }

  const read = new Map<string, string>();
  const startedBy = async (flow: string): Promise<readonly string[]> => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await owner.client.call(routes.flows.runs, {
        params: { appId: app.id },
        query: { flow, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      });
      found.push(...page.runs.filter(({ finishedAt }) => finishedAt !== null).map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    for (const run of found.filter((id) => !read.has(id))) {
      const details = await owner.client.call(routes.flows.run, { params: { appId: app.id, run }, query: {} });
      read.set(run, String(details.run.output));
    }
    return found.map((id) => read.get(id) ?? '');
  };

  it(
    'starts exactly one run for each change that happened, and none for one that did not',
    async () => {
      let isOver = false;
      const said = places.map(() => new Set<string>());
      const writing = places.flatMap((place, index) =>
        Array.from({ length: writers }, (_, number) =>
          write(place, `w${number}`, () => isOver, said[index] as Set<string>),
        ),
      );
      for (let kill = 0; kill < kills; kill += 1) {
        await pause(100 + ((kill * 137) % 400));
        const victim = processes[kill % processes.length] as ServerProcess;
        await victim.kill();
        await victim.start();
      }
      isOver = true;
      await Promise.all(writing);
      for (const [index, place] of places.entries()) {
        const happened = (await happenedIn(place)).toSorted();
        let started = (await startedBy(`flw_${index}`)).toSorted();
        for (const end = Date.now() + 90_000; Date.now() < end && started.length < happened.length;) {
          await pause(1_000);
          started = (await startedBy(`flw_${index}`)).toSorted();
        }
        expect(started).toEqual(happened);
        expect([...(said[index] as Set<string>)].filter((change) => !started.includes(change))).toEqual([]);
        console.log(`${store}, ${index === 0 ? 'own' : 'foreign'} tables: ${kills} kills, ${happened.length} changes.`);
      }
    },
    Math.max(180_000, kills * 6_000),
  );
});

function watching(places: readonly Place[]): App {
  const all = { roles: ['admin'] };
  const app = emptyApp('Rows');
  const flows = places.map((data, index) => ({
    id: `flw_${index}`,
    name: `flow${index}`,
    trigger: { type: 'core/row-changed', settings: { data } },
    steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: '{{ trigger.kind + " " + trigger.row.title }}' }],
  }));
  const tables = Object.fromEntries(
    places.map(({ dataSource, table }) => [`${dataSource}/${table}`, { view: all, create: all, update: all }]),
  );
  return {
    ...app,
    access: { ...app.access, tables },
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
  } as unknown as App;
}
