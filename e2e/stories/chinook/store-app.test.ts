import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiPerson,
  createPostgresStore,
  findPostgres,
  launchBrowser,
  routes,
  type ApiPerson,
  type AppInfo,
  type DatabaseServer,
  type StoreDatabase,
} from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { memberPassword } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import {
  addFromPalette,
  canvasOf,
  choose,
  fillBinding,
  filterByLinked,
  openQueries,
  pickRoles,
  publish,
  rename,
  selectScreen,
  until,
} from './builder.ts';
import { findComponent, type DraftJson } from './draft-json.ts';

const postgres = await findPostgres();
const memberEmail = 'member@example.com';

describe.skipIf(postgres === undefined)('an app on a music store, from the first page to its users', () => {
  const database = postgres as DatabaseServer;
  let store: StoreDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let owner: WatchedPage;
  let page: Page;
  /** The owner once more, through the API: to look behind the pages. */
  let api: ApiPerson;
  let app: AppInfo;
  let workspaceId = '';
  let dataSource = '';

  beforeAll(async () => {
    store = await createPostgresStore(database, databaseName('chinook'));
    server = await startServerProcess({ hasOwner: false });
    browser = await launchBrowser();
    owner = await openPage(browser, server.url);
    page = owner.page;
    // Who is not signed in yet is asked for the refresh cookie once.
    owner.allow(/401 POST \/api\/session\/refresh$/);
  });
  afterEach((context) => checkPage(owner, context));
  afterAll(async () => {
    await browser.close();
    await server.dispose();
    await store.drop();
  });

  it('the owner sets the product up with the token it printed', async () => {
    await page.goto(`/?token=${server.setupToken()}`);
    await page.getByLabel('Your name').fill('Olga Owner');
    await page.getByLabel('E-mail').fill(ownerLogin.email);
    await page.getByLabel(/^Password/).fill(ownerLogin.password);
    await page.getByLabel('Workspace').fill('Music store');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'What would you like to begin with?' }).waitFor();
    api = createApiPerson(server.url);
    await api.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await api.client.call(routes.account.session, {});
    workspaceId = user?.workspaces[0]?.id ?? '';
    expect(user?.name).toBe('Olga Owner');
  });

  it('connects the database by the form, and is told what is wrong with it first', async () => {
    await page.getByRole('button', { name: 'Start with your data' }).click();
    await page.getByRole('button', { name: /^PostgreSQL/ }).click();
    await page.getByLabel(/^Name/).fill('Store');
    const fields = page.getByRole('region', { name: 'Connection' });
    await fields.getByLabel('Host').fill(database.host);
    await fields.getByLabel('Port').fill(String(database.port));
    await fields.getByLabel('Database').fill('no_such_database');
    await fields.getByLabel('User').fill(database.user);
    if (database.password !== '') await fields.getByLabel('Password').fill(database.password);
    owner.allow(/^response: \d+ POST .*\/data-sources\/test$/);
    await fields.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The connection does not work yet').waitFor();
    await fields.getByLabel('Database').fill(store.database);
    await fields.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The connection works.').waitFor();
    await page.getByRole('button', { name: 'Add data source' }).click();
    await page.getByRole('heading', { name: 'Store' }).waitFor();
    dataSource = (await api.client.call(routes.dataSources.list, { params: { workspaceId } })).dataSources[0]?.id ?? '';
  });

  it('sees its tables and rows', async () => {
    await page
      .getByRole('tree', { name: 'Data sources' })
      .getByRole('treeitem', { name: /^track/ })
      .click();
    await page.getByText('For Those About To Rock (We Salute You)').first().waitFor();
    expect(await page.getByRole('columnheader', { name: /album_id/ }).count()).toBe(1);
  });

  it('makes an app out of tables', async () => {
    await page.getByRole('link', { name: 'Apps', exact: true }).click();
    await page
      .getByRole('button', { name: /From scratch|New app/i })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: 'New app' });
    await dialog.getByLabel('Name').fill('Music');
    await dialog.getByRole('button', { name: /^From tables/ }).click();
    await dialog.getByRole('combobox', { name: 'Data source' }).click();
    await page.getByRole('option', { name: 'Store' }).click();
    for (const table of ['artist', 'album', 'track', 'genre'])
      await dialog.getByRole('checkbox', { name: table, exact: true }).check();
    await dialog.getByRole('button', { name: 'Create app' }).click();
    await page.getByRole('application', { name: /^Canvas/ }).waitFor();
    app = (await api.client.call(routes.apps.list, { params: { workspaceId } })).apps[0] as AppInfo;
    expect(app).toMatchObject({ name: 'Music', slug: 'music' });
  });

  it('publishes it for the first time', async () => {
    await publish(page, 'As generated');
    await until(async () => (await readApp()).live?.number === 1);
  });

  it('writes a query with a parameter and runs it', async () => {
    const dock = await openQueries(page);
    await dock.getByRole('button', { name: 'Add query' }).first().click();
    await rename(dock.getByRole('textbox', { name: 'Name of the query' }), 'longTracks');
    await dock.getByRole('textbox', { name: 'SQL' }).click();
    await page.keyboard.insertText(
      'select count(*) as tracks, max(milliseconds) as longest from track where milliseconds > {{ longerThan }}',
    );
    await dock.getByRole('tab', { name: 'Parameters' }).click();
    await dock.getByRole('button', { name: 'longerThan' }).click();
    await choose(page, dock.getByRole('combobox', { name: 'Type of longerThan' }), 'Integer');
    await rename(dock.getByRole('textbox', { name: 'Default of longerThan' }), '300000');
    await rename(dock.getByRole('textbox', { name: 'Value of longerThan for this run' }), '1000000');
    await dock.getByRole('button', { name: 'Run query' }).first().click();
    await dock.getByText('1 row', { exact: true }).waitFor();
    const expected = (await rowsOf('select count(*)::int as tracks from track where milliseconds > 1000000'))[0]?.[
      'tracks'
    ];
    await dock.getByRole('cell', { name: String(expected), exact: true }).waitFor();
  });

  it('keeps the query for admins', async () => {
    const dock = await openQueries(page);
    await dock.getByRole('tab', { name: 'Options' }).click();
    await dock.getByText('Some roles').click();
    await pickRoles(page, dock.getByRole('combobox', { name: 'Roles' }), ['Admin']);
    await dock.getByRole('button', { name: 'Close queries' }).click();
  });

  it('drags a chart onto a screen and binds it to rows', async () => {
    await selectScreen(page, 'track');
    const canvas = canvasOf(page);
    await canvas.getByText('For Those About To Rock (We Salute You)').first().waitFor();
    await addFromPalette(page, 'Bar chart', canvas.getByRole('heading', { name: 'Track' }), 'below');
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await choose(page, settings.getByRole('combobox', { name: 'Table' }), 'track');
    await choose(page, settings.getByRole('combobox', { name: 'Group by' }), 'genre.name');
    await settings.getByRole('textbox', { name: 'Title' }).fill('Tracks by genre');
    await canvas.getByRole('figure', { name: 'Tracks by genre' }).waitFor();
  });

  it('shows the chart to power users only', async () => {
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByRole('tab', { name: /^Access/ }).click();
    await settings.getByText('Some roles').click();
    await pickRoles(page, settings.getByRole('combobox', { name: 'Roles' }), ['Power user']);
  });

  it('drags a button onto the screen and lets it run the query and say what came', async () => {
    const canvas = canvasOf(page);
    await addFromPalette(page, 'Button', canvas.getByRole('button', { name: 'New track' }), 'before');
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByRole('tab', { name: /^Settings/ }).click();
    await settings.getByRole('textbox', { name: 'Text', exact: true }).fill('Count long tracks');
    await settings.getByRole('tab', { name: /^Events/ }).click();
    const click = settings.getByRole('region', { name: 'Click', exact: true });
    await click.getByRole('button', { name: 'Add action' }).first().click();
    await page.getByRole('option', { name: /^Run query/ }).click();
    await choose(page, click.getByRole('combobox', { name: 'Query', exact: true }), 'longTracks');
    await click.getByRole('region', { name: 'When it worked' }).getByRole('button', { name: 'Add action' }).click();
    await page.getByRole('option', { name: /^Show message/ }).click();
    await fillBinding(
      page,
      click.getByRole('region', { name: 'When it worked' }).getByRole('textbox', { name: 'Text' }),
      '{{ result.data[0].tracks }} long tracks',
    );
    await until(async () => JSON.stringify(await readDraft()).includes('long tracks'));
    await page.getByRole('button', { name: 'Use the app on the canvas' }).click();
    await canvas.getByRole('button', { name: 'Count long tracks' }).click();
    const expected = (await rowsOf('select count(*)::int as tracks from track where milliseconds > 300000'))[0]?.[
      'tracks'
    ];
    await page
      .getByText(`${String(expected)} long tracks`)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Use the app on the canvas' }).click();
  });

  it('keeps a screen for admins', async () => {
    await selectScreen(page, 'genre');
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByText('Some roles').click();
    await pickRoles(page, settings.getByRole('combobox', { name: 'Roles' }), ['Admin']);
    for (const screen of ['genreDetail', 'genreEdit', 'genreNew']) {
      await selectScreen(page, screen);
      await settings.getByText('Some roles').click();
      await pickRoles(page, settings.getByRole('combobox', { name: 'Roles' }), ['Admin']);
    }
  });

  it('undoes and redoes', async () => {
    const before = JSON.stringify(await settled());
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(async () => JSON.stringify(await readDraft()) !== before);
    await page.getByRole('button', { name: 'Redo' }).click();
    await until(async () => JSON.stringify(await readDraft()) === before);
  });

  it('sees in the draft what a role would see', async () => {
    await selectScreen(page, 'track');
    const canvas = canvasOf(page);
    await canvas.getByRole('figure', { name: 'Tracks by genre' }).waitFor();
    await choose(page, page.getByRole('combobox', { name: 'View as role' }), 'View as: Basic user');
    await canvas.getByRole('figure', { name: 'Tracks by genre' }).waitFor({ state: 'detached' });
    await choose(page, page.getByRole('combobox', { name: 'View as role' }), 'View as: everyone');
  });

  it('publishes the second release with a list of what changed', async () => {
    await publish(page, 'Charts and queries', async (dialog) => {
      await dialog.getByText('longTracks').first().waitFor();
    });
    await until(async () => (await readApp()).live?.number === 2);
  });

  describe('a member with the role basic', () => {
    let user: WatchedPage;
    let member: ApiPerson;

    beforeAll(async () => {
      const body = { email: memberEmail, name: 'Mia Member', role: 'member' as const, password: memberPassword };
      await api.client.call(routes.workspaces.addMember, { params: { workspaceId }, body });
      member = createApiPerson(server.url);
      await member.signIn(memberEmail, memberPassword);
      user = await openPage(browser, server.url);
      user.allow(/401 (POST \/api\/session\/refresh|GET \/api\/run\/music\/definition)$/);
    });
    afterEach((context) => checkPage(user, context));

    it('signs in at the address of the app', async () => {
      await user.page.goto('/apps/music');
      await user.page.getByLabel(/^E-mail/).fill(memberEmail);
      await user.page.getByLabel(/^Password/).fill(memberPassword);
      await user.page.getByRole('button', { name: 'Sign in' }).click();
      await user.page.getByRole('heading', { name: 'Artist' }).waitFor();
    });

    it('lists tracks, page by page', async () => {
      await user.page.getByRole('link', { name: 'Track', exact: true }).click();
      const table = user.page.getByRole('table').or(user.page.getByRole('grid')).first();
      await table.getByText('For Those About To Rock (We Salute You)').first().waitFor();
      const total = (await rowsOf('select count(*)::int as n from track'))[0]?.['n'] as number;
      await user.page.getByText(`1–25 of ${total.toLocaleString('en-GB')}`).waitFor();
      await user.page.getByRole('button', { name: 'Next page' }).click();
      await user.page.getByText(`26–50 of ${total.toLocaleString('en-GB')}`).waitFor();
    });

    it('filters them by album', async () => {
      await user.page.goto('/apps/music/track');
      await user.page.getByRole('button', { name: 'Filter' }).click();
      await filterByLinked(user.page, 'Album', 'Let There Be Rock');
      const expected = (
        await rowsOf(
          "select count(*)::int as n from track join album using (album_id) where title = 'Let There Be Rock'",
        )
      )[0]?.['n'] as number;
      await user.page.getByText(`1–${expected} of ${expected}`).waitFor();
    });

    it('edits a track, and finds the change again after a reload', async () => {
      const [first] = await rowsOf(
        "select track_id, name from track join album using (album_id) where title = 'Let There Be Rock' order by track_id limit 1",
      );
      await user.page.goto(`/apps/music/track/${String(first?.['track_id'])}`);
      await user.page.getByRole('heading', { name: String(first?.['name']) }).waitFor();
      await user.page.getByRole('button', { name: 'Edit' }).click();
      await user.page.getByRole('textbox', { name: /^Name/ }).fill('Go Down, again');
      await user.page.getByRole('button', { name: 'Save changes' }).click();
      await user.page.getByRole('heading', { name: 'Go Down, again' }).waitFor();
      await user.page.reload();
      await user.page.getByRole('heading', { name: 'Go Down, again' }).waitFor();
      expect(await rowsOf(`select name from track where track_id = ${String(first?.['track_id'])}`)).toEqual([
        { name: 'Go Down, again' },
      ]);
    });

    it('sees neither the restricted screen nor the restricted component', async () => {
      await user.page.goto('/apps/music/track');
      await user.page.getByRole('button', { name: 'Count long tracks' }).waitFor();
      expect(await user.page.getByRole('link', { name: 'Genre', exact: true }).count()).toBe(0);
      expect(await user.page.getByText('Tracks by genre').count()).toBe(0);
      await user.page.goto('/apps/music/genre');
      await user.page
        .getByText(/not (found|there|here)|no such|does not exist/i)
        .first()
        .waitFor();
    });

    it('gets none of it by calling the server directly', async () => {
      const place = { app: 'music', dataSource, table: 'genre' };
      const raw = await (await member.send('GET', '/api/run/music/definition')).text();
      const draft = await readDraft();
      const chart = findComponent(draft, 'core/bar-chart');
      const query = Object.keys(draft.queries)[0] ?? '';
      for (const secret of ['genreDetail', 'genreNew', 'Tracks by genre', chart, 'milliseconds > ', 'longerThan'])
        expect(raw.includes(secret), secret).toBe(false);
      const run = await member.send('POST', `/api/run/music/queries/${query}/run`, { parameters: {} });
      expect([403, 404]).toContain(run.status);
      expect(await run.text()).not.toContain('tracks');
      for (const verb of ['create', 'update', 'delete']) {
        const body =
          verb === 'create'
            ? { rows: [{ genre_id: 999, name: 'x' }] }
            : verb === 'update'
              ? { changes: [{ key: { genre_id: 1 }, values: { name: 'x' } }] }
              : { keys: [{ genre_id: 1 }] };
        expect([403, 404], verb).toContain(
          (await member.send('POST', `/api/run/music/tables/${dataSource}/genre/${verb}`, body)).status,
        );
      }
      for (const table of ['customer', 'employee', 'invoice']) {
        const reply = await member.send('POST', `/api/run/music/tables/${dataSource}/${table}/list`, { limit: 1 });
        expect([403, 404], table).toContain(reply.status);
      }
      for (const path of [
        `/api/apps/${app.id}/draft`,
        `/api/apps/${app.id}/draft/definition`,
        `/api/apps/${app.id}/export`,
        `/api/workspaces/${workspaceId}/data-sources`,
        `/api/workspaces/${workspaceId}/data-sources/${dataSource}/schema`,
      ]) {
        expect([403, 404], path).toContain((await member.send('GET', path)).status);
      }
      const tried = await member.send('POST', `/api/workspaces/${workspaceId}/data-sources/${dataSource}/query`, {
        kind: 'sql',
        settings: { sql: 'select 1' },
        mode: 'read',
      });
      expect([403, 404]).toContain(tried.status);
      await expect(
        api.client.call(routes.apps.rows.list, { params: place, body: { limit: 1 } }),
      ).resolves.toMatchObject({ rows: [{ genre_id: 1 }] });
    });

    it('sees the first release again after the owner went back to it', async () => {
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.getByRole('menuitem', { name: /^Releases/ }).click();
      await page.getByRole('article', { name: 'Release 1' }).getByRole('button', { name: 'Make live' }).click();
      await until(async () => (await readApp()).live?.number === 1);
      await user.page.goto('/apps/music/track');
      await user.page.getByText('For Those About To Rock (We Salute You)').first().waitFor();
      await user.page.getByRole('link', { name: 'Genre', exact: true }).waitFor();
      expect(await user.page.getByRole('button', { name: 'Count long tracks' }).count()).toBe(0);
    });
  });

  const readApp = async (): Promise<AppInfo> =>
    (await api.client.call(routes.apps.read, { params: { appId: app.id } })).app;
  const readDraft = async (): Promise<DraftJson> =>
    (await api.client.call(routes.apps.draft, { params: { appId: app.id } })).definition as unknown as DraftJson;
  /** The draft once the builder has sent everything. */
  const settled = async (): Promise<DraftJson> => {
    await page.getByRole('status').getByText('Saved').waitFor();
    return readDraft();
  };
  const rowsOf = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new pg.Client({ ...database, database: store.database });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  };
});
