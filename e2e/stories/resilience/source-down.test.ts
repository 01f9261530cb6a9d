import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createPostgresStore,
  findPostgres,
  launchBrowser,
  routes,
  type DatabaseServer,
  type StoreDatabase,
} from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { makeApp, screenOf, type MadeApp } from '../../harness/edit-app.ts';
import { startFlakyProxy, type FlakyProxy } from '../../harness/flaky-proxy.ts';
import { memberPassword, startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { addStoreSource, type StoreSource } from '../../harness/store-sources.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';

const postgres = await findPostgres();

describe.skipIf(postgres === undefined)('a data source that goes away while people work', () => {
  const database = postgres as DatabaseServer;
  let store: StoreDatabase;
  let proxy: FlakyProxy;
  let installation: Installation;
  let steady: StoreSource;
  let app: MadeApp;
  let browser: Browser;
  let user: WatchedPage;

  beforeAll(async () => {
    store = await createPostgresStore(database, databaseName('resilience'));
    proxy = await startFlakyProxy(database);
    installation = await startInstallation();
    steady = await addStoreSource(installation, 'SQLite', databaseName('steady'));
    const { owner, workspaceId } = installation;
    const settings = { host: '127.0.0.1', port: proxy.port, user: database.user, database: store.database };
    const development = { settings, ...(database.password === '' ? {} : { secrets: { password: database.password } }) };
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Store', kind: 'external', connector: 'core/postgres', development },
    });
    app = await makeApp(installation, { name: 'Store', dataSource: dataSource.id, tables: ['genre'] });
    const list = screenOf(app, 'genre');
    const artists = {
      type: 'core/table',
      name: 'artists',
      settings: {
        title: 'Artists',
        data: { kind: 'table', dataSource: steady.id, table: 'artist' },
        columns: [{ id: 'c1', column: 'name', label: 'Name' }],
      },
    };
    await app.publish([
      {
        type: 'component.add',
        screen: list.id,
        parent: list.root,
        slot: 'children',
        root: 'cmp_artists',
        components: { cmp_artists: artists },
      },
    ]);
    await installation.addPerson('member@example.com', 'member');
    browser = await launchBrowser();
    user = await openPage(browser, installation.server.url);
    await user.context.request.post(routes.account.signIn.path, {
      data: { email: 'member@example.com', password: memberPassword },
    });
  });
  afterEach((context) => checkPage(user, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
    await proxy.close();
    await store.drop();
  });

  it('shows the error in its place while the rest works', async () => {
    const { page } = user;
    await page.goto('/apps/store/genre');
    await page.getByText('Rock', { exact: true }).first().waitFor();
    await page.getByText('AC/DC', { exact: true }).first().waitFor();
    user.allow(/response: 50\d POST \/api\/run\/store\/tables\//);
    proxy.cut();
    await page.reload();
    await page.getByText('AC/DC', { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: 'Genre' }).waitFor();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByText('Rock', { exact: true }).count()).toBe(0);
  });

  it('works again by "Try again" once the database is back, without a restart', async () => {
    const { page } = user;
    proxy.mend();
    await page
      .getByRole('button', { name: /try again|retry/i })
      .first()
      .click();
    await page.getByText('Rock', { exact: true }).first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('tells nobody the address or the password of the database', async () => {
    proxy.cut();
    const reply = await user.context.request.post(
      `/api/run/store/tables/${Object.keys(app.draft.tables)[0] ?? ''}/list`,
      { data: { limit: 1 }, headers: { origin: installation.server.url } },
    );
    const text = await reply.text();
    expect(reply.ok()).toBe(false);
    for (const secret of [String(proxy.port), '127.0.0.1', store.database]) expect(text, secret).not.toContain(secret);
    proxy.mend();
  });
});
