import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { createPluginAuthor, signInBrowser, type PluginAuthor } from '../../harness/plugin-folder.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { hostilePlugin } from './hostile-plugin.ts';

const kinds = ['crash', 'loop', 'hang', 'memory', 'flood', 'reach', 'leave'] as const;

describe('hostile components are kept to their frames', () => {
  let installation: Installation;
  let author: PluginAuthor;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let dataSource: string;
  let outside: Server;
  const reached: string[] = [];

  beforeAll(async () => {
    outside = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*');
      response.end('there');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
    installation = await startInstallation();
    author = await createPluginAuthor(installation);
    const project = await author.write('hostile', hostilePlugin(address));
    const packed = await author.fettle(['plugin', 'pack', project, '--output', join(author.folder, 'hostile.tgz')]);
    expect(packed.code, packed.stderr).toBe(0);
    const installed = await author.fettle(['plugin', 'install', 'hostile.tgz', '--yes']);
    expect(installed.code, installed.stderr).toBe(0);
    const { owner, workspaceId } = installation;
    const made = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    dataSource = made.dataSource.id;
    app = await makeApp(installation, { name: 'Fortress', dataSource, tables: ['people'] });
    // With the walls that browsers of people have between the documents of a page.
    browser = await launchBrowser({ isIsolated: true });
  });
  afterAll(async () => {
    await browser.close();
    await author.dispose();
    await installation.server.dispose();
    outside.close();
  });

  /** Opens the app with one of them at the top of its first screen, which works otherwise. */
  async function open(kind: (typeof kinds)[number]): Promise<Locator> {
    const [screen] = Object.values(app.draft.client.screens);
    const place = { screen: screen?.id ?? '', parent: screen?.root ?? '', slot: 'children', index: 0 };
    const id = `cmp_${kind}`;
    await app.publish([
      {
        type: 'component.add',
        ...place,
        root: id,
        components: {
          [id]: { type: `hostile/${kind}`, name: kind, settings: { table: { dataSource, table: 'people' } } },
        },
      } as unknown as Command,
    ]);
    watched = await openPage(browser, installation.server.url);
    page = watched.page;
    await signInBrowser(watched.context, installation, installation.owner);
    await page.goto(`/apps/${app.slug}`);
    return page.locator(`[data-fettle-id="${id}"]`);
  }
  async function close(kind: (typeof kinds)[number]): Promise<void> {
    await watched.close();
    const [screen] = Object.values(app.draft.client.screens);
    await app.publish([
      { type: 'component.remove', screen: screen?.id ?? '', components: [`cmp_${kind}`] } as unknown as Command,
    ]);
  }
  /** The rest of the app does what it did: its rows are there, and its search answers. */
  async function expectWorking(): Promise<void> {
    const startedAt = performance.now();
    await page.getByRole('row').nth(1).waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
    expect(performance.now() - startedAt).toBeLessThan(5000);
  }

  it.each([
    ['crash', /It broke on purpose/],
    ['loop', /did not answer/],
    ['hang', /did not (?:answer|start)/],
    ['memory', /512 MB|did not answer/],
    ['flood', /busy with messages/],
    ['leave', /did not answer|leave its place/],
  ] as const)(
    'one that does this: %s',
    async (kind, reason) => {
      const place = await open(kind);
      await expectWorking();
      const alert = place.getByRole('alert');
      await alert.getByText(reason).waitFor({ timeout: 60_000 });
      await alert.getByText(`“Hostile ${kind}” was stopped`).waitFor();
      expect(await place.locator('iframe').count()).toBe(0);
      await expectWorking();
      // It can be tried again, and is stopped again.
      await alert.getByRole('button', { name: 'Retry' }).click();
      await expectWorking();
      await close(kind);
    },
    150_000,
  );

  it('one that reaches for everything around it gets nothing', async () => {
    const place = await open('reach');
    const inside = page.frameLocator('iframe[title="Hostile reach"]').frameLocator('iframe');
    await inside.getByText('"table"').waitFor({ timeout: 60_000 });
    const found = JSON.parse((await inside.locator('pre').textContent()) ?? '{}') as Record<string, string>;
    const got = Object.entries(found).filter(([, result]) => result.startsWith('got'));
    // That a beacon was taken is no sign that it was sent: the policy is asked later.
    expect(got.filter(([name]) => name !== 'beacon')).toEqual([]);
    expect(found['table']).toBe('refused AppError');
    // Where it wants to send the person, they are asked.
    const question = page.getByRole('dialog', { name: 'Leave this page?' });
    await question.getByText(/Hostile reach/).waitFor();
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).pathname).toBe(`/apps/${app.slug}`);
    expect(watched.context.pages()).toHaveLength(1);
    await expectWorking();
    expect(await place.locator('iframe').count()).toBe(1);
    await close('reach');
  }, 150_000);

  it('nobody outside heard anything', () => {
    expect(reached).toEqual([]);
  });
});
