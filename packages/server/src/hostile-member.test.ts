import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type ApiClient } from '@fettle/contract';
import { emptyApp, saveApp, type App, type Component, type Query } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from './testing/data-test-server.ts';

let server: DataTestServer;
let member: ApiClient;
let folder = '';
let source = '';
let app = { id: '', slug: '' };

function table(name: string, of: string, columns: readonly object[]): Component {
  return {
    type: 'core/table',
    name,
    settings: { data: { kind: 'table', dataSource: source, table: of }, columns: columns as never, allowEdit: true },
  };
}

function query(id: string, sql: string): Query {
  return {
    id,
    name: id.slice(4),
    dataSource: source,
    kind: 'sql',
    settings: { sql },
    parameters: [{ name: 'x', type: 'text' }],
    mode: 'read',
    run: 'manual',
    access: { roles: ['basic'] },
  };
}

/** People see names, change none of the grades, and know nothing of salaries. */
function definition(): App {
  const base = emptyApp('Staff');
  const components = {
    cmp_people: table('people', 'person', [
      { id: 'a', column: 'name' },
      { id: 'b', column: 'grade', editable: false },
    ]),
    cmp_badges: table('badges', 'badge', [{ id: 'a', column: 'label' }]),
  };
  const root: Component = {
    type: 'core/stack',
    name: 'root',
    settings: {},
    slots: { children: Object.keys(components) },
  };
  return {
    ...base,
    app: { ...base.app, home: 'scr_1', navigation: { style: 'top', items: [] } },
    screens: {
      scr_1: {
        id: 'scr_1',
        name: 'home',
        title: 'Home',
        route: '/',
        access: { roles: ['basic'] },
        root: 'cmp_root',
        components: { cmp_root: root, ...components },
      },
    },
    queries: {
      qry_broken: query('qry_broken', 'select hushhush from person where name = {{ x }}'),
      qry_bound: query('qry_bound', 'select {{ x.hushhush.more }} as a'),
    },
    access: { ...base.access, memberRole: 'basic' },
  };
}

describe('a member of a published app', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-hostile-'));
    const database = new DatabaseSync(join(folder, 'staff.sqlite'));
    database.exec(`create table person (id integer primary key, name text, grade integer, salary integer);
      create table badge (secret text not null unique, label text);
      insert into person values (1, 'Ada', 7, 900), (2, 'Ben', 5, 500);
      insert into badge values ('CANARY-1', 'x'), ('CANARY-2', 'x'), ('CANARY-3', 'y');`);
    database.close();
    server = await startDataTestServer({ FETTLE_SQLITE_DIRS: folder });
    const place = { workspaceId: server.workspaceId };
    const made = await server.client.call(routes.dataSources.create, {
      params: place,
      body: {
        name: 'Staff',
        kind: 'external',
        connector: 'core/sqlite',
        development: { settings: { file: 'staff.sqlite' } },
      },
    });
    source = made.dataSource.id;
    const created = await server.client.call(routes.apps.create, {
      params: place,
      body: { name: 'Staff', from: { kind: 'definition', files: { ...saveApp(definition()) } } },
    });
    app = created.app;
    await server.client.call(routes.apps.publish, {
      params: { appId: app.id },
      body: { revision: created.app.revision },
    });
    await server.client.call(routes.workspaces.addMember, {
      params: place,
      body: { email: 'm@example.com', name: 'M', role: 'member', password: 'another long sentence' },
    });
    member = await server.signIn('m@example.com', 'another long sentence');
  }, 60_000);

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const place = (name: string) => ({ app: app.slug, dataSource: source, table: name });
  const update = (values: Record<string, string | number>) =>
    member.call(routes.apps.rows.update, { params: place('person'), body: { changes: [{ key: { id: 1 }, values }] } });

  it('changes what their screens let them change, and no key and no column that is only shown', async () => {
    for (const values of [{ id: 77 }, { grade: 9 }, { salary: 1 }, { name: 'Eve', grade: 9 }])
      await expect(update(values), JSON.stringify(values)).rejects.toMatchObject({ code: 'column.not-allowed' });
    expect((await update({ name: 'Eva' })).rows).toEqual([{ id: 1, name: 'Eva', grade: 7 }]);
  });

  it('learns nothing of hidden columns from cursors, and still gets every row', async () => {
    const labels: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await member.call(routes.apps.rows.list, {
        params: place('badge'),
        body: { limit: 1, ...(cursor === undefined ? {} : { cursor }) },
      });
      labels.push(...page.rows.map((row) => row['label']));
      cursor = page.next;
      expect(Buffer.from(cursor ?? '', 'base64url').toString()).not.toContain('CANARY');
    } while (cursor !== undefined && labels.length < 10);
    expect(labels.sort()).toEqual(['x', 'x', 'y']);
  });

  it('is told that a query failed, and builders are told why', async () => {
    for (const name of ['qry_broken', 'qry_bound']) {
      const body = { parameters: { x: 'a' } };
      const failed: unknown = await member
        .call(routes.apps.runQuery, { params: { app: app.slug, query: name }, body })
        .catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: 'query.failed' });
      expect(JSON.stringify(failed) + String(failed)).not.toContain('hushhush');
      const explained: unknown = await server.client
        .call(routes.apps.draftQuery, { params: { appId: app.id, query: name }, body })
        .catch((error: unknown) => error);
      expect(String(explained)).toContain('hushhush');
    }
  });

  it('cannot smuggle settings behind an invisible character, whoever they are', async () => {
    const settings = { host: '127.0.0.1', port: 5432, database: 'a\0database\0b', user: 'u', encryption: 'off' };
    await expect(
      server.client.call(routes.dataSources.test, {
        params: { workspaceId: server.workspaceId },
        body: { connector: 'core/postgres', settings },
      }),
    ).rejects.toMatchObject({ code: 'data-source.settings-invalid' });
  });
});
