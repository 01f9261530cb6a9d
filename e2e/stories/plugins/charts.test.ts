import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { createPluginAuthor, signInBrowser, type PluginAuthor } from '../../harness/plugin-folder.ts';
import { openPage } from '../../harness/watched-page.ts';

const plugins = fileURLToPath(new URL('../../../plugins', import.meta.url));
const shots = process.env['STORY_SHOTS'];

/** A screen of the demo that shows one component of a plugin over a table. */
function screenWith(name: string, type: string, settings: Readonly<Record<string, unknown>>): Command {
  return {
    type: 'screen.add',
    screen: {
      id: `scr_${name}`,
      name,
      title: name,
      route: `/${name}`,
      root: 'cmp_root',
      components: {
        cmp_root: { type: 'core/stack', name: 'root', settings: {}, slots: { children: ['cmp_one'] } },
        cmp_one: { type, name: 'chart', settings },
      },
    },
  } as unknown as Command;
}

describe('the charts that come as plugins', () => {
  let installation: Installation;
  let author: PluginAuthor;
  let browser: Browser;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation({ settings: { FETTLE_PLUGIN_DIRS: tmpdir() } });
    author = await createPluginAuthor(installation);
    app = await makeDemo(installation, 'Charts');
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await author.dispose();
    await installation.server.dispose();
  });

  const pack = async (id: string, file: string): Promise<Buffer> => {
    const run = await author.fettle(['plugin', 'pack', join(plugins, id), '--output', join(author.folder, file)]);
    expect(run.code, run.stderr + run.stdout).toBe(0);
    return readFile(join(author.folder, file));
  };
  const open = async (path: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> => {
    const { page, context } = await openPage(browser, installation.server.url, options);
    await signInBrowser(context, installation, installation.owner);
    await page.goto(`/apps/${app.slug}/${path}`);
    return page;
  };
  const inside = (page: Page, title: string): FrameLocator =>
    page.frameLocator(`iframe[title="${title}"]`).frameLocator('iframe');
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
  };

  it('are packed into the same bytes each time, and installed', async () => {
    for (const id of ['org-chart', 'gantt']) {
      expect((await pack(id, `${id}-1.tgz`)).equals(await pack(id, `${id}-2.tgz`)), id).toBe(true);
      const run = await author.fettle(['plugin', 'install', `${id}-1.tgz`, '--yes']);
      expect(run.code, run.stderr + run.stdout).toBe(0);
    }
    const { owner, workspaceId } = installation;
    const { dataSources } = await owner.client.call(routes.dataSources.list, { params: { workspaceId } });
    const data = (table: string) => ({ kind: 'table', dataSource: dataSources[0]?.id, table });
    await app.publish([
      screenWith('orgChart', 'org-chart/people', {
        data: data('people'),
        managerColumn: 'manager_id',
        nameColumn: 'full_name',
        detailColumn: 'job_title',
      }),
      screenWith('ganttChart', 'gantt/chart', {
        data: { ...data('changes'), sort: [{ column: 'window_start', direction: 'ascending' }] },
        titleColumn: 'title',
        startColumn: 'window_start',
        endColumn: 'window_end',
        scale: 'day',
      }),
    ]);
  });

  for (const [path, title, role] of [
    ['orgChart', 'Org chart', 'treeitem'],
    ['ganttChart', 'Gantt chart', 'option'],
  ] as const)
    it(`show ${path} on a desktop and on a phone, in light and dark`, async () => {
      for (const [name, options] of Object.entries({
        desktop: {},
        'desktop-dark': { colorScheme: 'dark' },
        phone: { viewport: { width: 390, height: 844 } },
        'phone-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
      } as const)) {
        const page = await open(path, options);
        await inside(page, title).getByRole(role).first().waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        if (role === 'treeitem') await expectInMiddle(page, inside(page, title).getByRole(role).first());
        await shoot(page, `${path}-${name}`);
        await page.context().close();
      }
    });

  /** A chart that is wider than its place begins where whoever is at the top can be seen. */
  async function expectInMiddle(page: Page, first: Locator): Promise<void> {
    const frame = await page.locator('iframe[title="Org chart"]').boundingBox();
    await expect
      .poll(async () => {
        const box = await first.boundingBox();
        if (box === null || frame === null) return false;
        return box.x >= frame.x && box.x + box.width <= frame.x + frame.width;
      })
      .toBe(true);
  }
});
