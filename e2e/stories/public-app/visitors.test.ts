import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiPerson, launchBrowser, type ApiPerson } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { makeApp, screenOf, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { addStoreSource, type StoreSource } from '../../harness/store-sources.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';

describe('an app that visitors may use', () => {
  let installation: Installation;
  let store: StoreSource;
  let app: MadeApp;
  let closed: MadeApp;
  let browser: Browser;
  let visitor: WatchedPage;
  let caller: ApiPerson;

  beforeAll(async () => {
    installation = await startInstallation();
    store = await addStoreSource(installation, 'SQLite', databaseName('public'));
    app = await makeApp(installation, { name: 'Catalogue', dataSource: store.id, tables: ['genre', 'customer'] });
    const list = screenOf(app, 'genre');
    const newButton =
      Object.entries(list.components).find(([, component]) => component.name === 'newButton')?.[0] ?? '';
    await app.publish([
      { type: 'componentAccess.set', screen: list.id, component: newButton, access: { roles: ['basic'] } },
      { type: 'access.update', changes: { allowVisitors: true } },
      { type: 'screen.update', screen: list.id, changes: { access: { roles: ['public'] } } },
    ]);
    closed = await makeApp(installation, { name: 'Staff only', dataSource: store.id, tables: ['genre'] });
    await closed.publish();
    caller = createApiPerson(installation.server.url);
    browser = await launchBrowser();
    visitor = await openPage(browser, installation.server.url);
    visitor.allow(/401 POST \/api\/session\/refresh$/);
  });
  afterEach((context) => checkPage(visitor, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  it('opens without signing in and shows what is public', async () => {
    await visitor.page.goto(`/apps/${app.slug}`);
    await visitor.page.getByRole('heading', { name: 'Genre' }).waitFor();
    await visitor.page.getByText('Rock', { exact: true }).first().waitFor();
    expect(await visitor.page.getByRole('link', { name: 'Customer', exact: true }).count()).toBe(0);
    expect(await visitor.page.getByRole('button', { name: 'New genre' }).count()).toBe(0);
  });

  it('hands out nothing of the rest, asked for directly or not', async () => {
    const definition = await (await caller.send('GET', `/api/run/${app.slug}/definition`)).text();
    for (const secret of ['customer', 'Customer', 'genreEdit', 'genreNew'])
      expect(definition, secret).not.toContain(secret);
    const table = (name: string): string => `/api/run/${app.slug}/tables/${store.id}/${name}`;
    expect((await caller.send('POST', `${table('genre')}/list`, { limit: 5, columns: ['name'] })).status).toBe(200);
    for (const [path, body] of [
      [`${table('customer')}/list`, { limit: 1 }],
      [`${table('genre')}/create`, { rows: [{ genre_id: 999, name: 'x' }] }],
      [`${table('genre')}/update`, { changes: [{ key: { genre_id: 1 }, values: { name: 'x' } }] }],
      [`${table('genre')}/delete`, { keys: [{ genre_id: 1 }] }],
      [`${table('genre')}/list`, { limit: 1, filter: { relation: 'tracks', match: 'some' } }],
    ] as const) {
      expect([400, 401, 403, 404], path).toContain((await caller.send('POST', path, body)).status);
    }
  });

  it('shows the sign-in page where an app is not for visitors, and says nothing about it', async () => {
    visitor.allow(new RegExp(`401 GET /api/run/${closed.slug}/definition$`));
    await visitor.page.goto(`/apps/${closed.slug}`);
    await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await visitor.page.getByText('Staff only').count()).toBe(0);
    const [known, unknown] = await Promise.all([
      caller.send('GET', `/api/run/${closed.slug}/definition`),
      caller.send('GET', '/api/run/no-such-app/definition'),
    ]);
    expect(known.status).toBe(unknown.status);
  });
});
