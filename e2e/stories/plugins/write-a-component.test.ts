import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { createPluginAuthor, signInBrowser, type PluginAuthor } from '../../harness/plugin-folder.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { addFromPalette, canvasOf, openPanel, publish } from '../chinook/builder.ts';

const command = fileURLToPath(new URL('../../../packages/cli/dist/fettle.js', import.meta.url));

describe('a component is written, installed and used', () => {
  let installation: Installation;
  let author: PluginAuthor;
  let project: string;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let dataSource: string;
  const times: [step: string, ms: number][] = [];

  beforeAll(async () => {
    installation = await startInstallation({ settings: { FETTLE_PLUGIN_DIRS: '/tmp' } });
    author = await createPluginAuthor(installation);
    project = join(author.folder, 'acme-cards');
    const { owner, workspaceId } = installation;
    const made = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    dataSource = made.dataSource.id;
    app = await makeApp(installation, { name: 'Cards', dataSource, tables: ['people'] });
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    await signInBrowser(builder.context, installation, owner);
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    console.log(times.map(([step, ms]) => `${step}: ${Math.round(ms)} ms`).join('\n'));
    await browser.close();
    await author.dispose();
    await installation.server.dispose();
  });

  async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    times.push([step, performance.now() - startedAt]);
    return result;
  }
  const good = async (words: readonly string[], folder?: string): Promise<void> => {
    const run = await timed(words[1] ?? '', () => author.fettle(words, folder));
    expect(run.code, run.stderr + run.stdout).toBe(0);
  };
  /** What is in the frame within the frame of the component. */
  const inside = (place: Page | FrameLocator): FrameLocator =>
    place.frameLocator('iframe[title="Card list"]').frameLocator('iframe');

  it('from nothing to the workspace', async () => {
    await good(['plugin', 'create', 'acme-cards', '--kind', 'component']);
    await good(['plugin', 'test'], project);
    await good(['plugin', 'pack'], project);
    await good(['plugin', 'install', 'acme-cards-0.1.0.tgz', '--yes'], project);
  });

  it('is dragged from the palette onto the canvas and set', async () => {
    await page.goto(`/edit/${app.id}`);
    await canvasOf(page).waitFor();
    const panel = await openPanel(page, 'Add a component');
    const group = panel.getByRole('region', { name: 'Acme cards' });
    await group.getByRole('button', { name: 'Card list' }).waitFor();
    const target = page.locator('#fettle-canvas [data-fettle-cell]').first();
    await addFromPalette(page, 'Card list', target, 'below');
    // In its frame, and out of the way of the pointer that selects on the canvas.
    await inside(page).getByText('Choose a table in the settings.').waitFor();
    const screen = Object.values(app.draft.client.screens)[0];
    const { owner } = installation;
    await expect
      .poll(async () => {
        const { definition } = await owner.client.call(routes.apps.draft, { params: { appId: app.id } });
        return JSON.stringify(definition).includes('"acme-cards/card-list"');
      })
      .toBe(true);
    expect(screen).toBeDefined();
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByText('Text without rows').waitFor();
  });
});
