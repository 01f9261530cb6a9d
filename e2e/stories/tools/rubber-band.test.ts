import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { canvasOf, choose, until } from '../chinook/builder.ts';

const count = 40;
const names = Array.from({ length: count }, (_, index) => `line${index + 1}`);

describe('the rubber band and tabs of a full screen', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    const { owner, workspaceId } = installation;
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    const { schema } = await owner.client.call(routes.dataSources.schema, {
      params: { workspaceId, dataSource: dataSource.id },
    });
    app = await makeApp(installation, {
      name: 'Lines',
      dataSource: dataSource.id,
      tables: [schema.tables[0]?.id ?? ''],
    });
    await app.publish(fullScreen(app));
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    const pairs = owner
      .cookie()
      .split('; ')
      .map((pair) => pair.split('='));
    await builder.context.addCookies(
      pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: installation.server.url })),
    );
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const open = async (): Promise<void> => {
    // The canvas draws once more when the structure of tables has come.
    const structure = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/schema'));
    await page.goto(`/edit/${app.id}`);
    await (await structure).finished();
    await canvasOf(page).waitFor();
    await page.waitForTimeout(200);
    await line('line1').waitFor();
  };
  const line = (name: string) => page.locator('#fettle-canvas').getByText(`Text of ${name}`, { exact: true });
  const boxOf = async (name: string) => {
    const box = await line(name).boundingBox();
    if (box === null) throw new TypeError(`${name} is not on the page.`);
    return box;
  };
  /** Left of everything, where nothing but the screen itself is. */
  const margin = async (): Promise<number> => ((await page.locator('#fettle-canvas').boundingBox())?.x ?? 0) + 5;
  const selected = async (): Promise<readonly string[]> => {
    const items = page.getByRole('tree', { name: 'Components' }).locator('[aria-selected="true"]');
    return (await items.allTextContents()).map((text) => /line\d+/.exec(text)?.[0] ?? text);
  };
  const expectSelected = (wanted: readonly string[]): Promise<void> =>
    until(async () => (await selected()).join(' ') === wanted.join(' '));
  /** Presses in the margin beside the first line and draws until the last one is touched. */
  const draw = async (first: string, last: string): Promise<void> => {
    const [from, to] = [await boxOf(first), await boxOf(last)];
    const left = await margin();
    await page.mouse.move(left, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 30, to.y + to.height / 2, { steps: 6 });
  };

  it('adds to the selection with Shift, and begins anew without', async () => {
    await open();
    await draw('line1', 'line2');
    await page.mouse.up();
    await expectSelected(['line1', 'line2']);
    await page.keyboard.down('Shift');
    await draw('line4', 'line5');
    await expectSelected(['line1', 'line2', 'line4', 'line5']);
    await page.keyboard.up('Shift');
    await page.mouse.up();
    await expectSelected(['line1', 'line2', 'line4', 'line5']);
    await draw('line3', 'line4');
    await page.mouse.up();
    await expectSelected(['line3', 'line4']);
    // Nothing is marked as text meanwhile: the next drag would take it along.
    expect(await page.evaluate(() => String(getSelection()))).toBe('');
  });

  it('goes on while the canvas scrolls under it', async () => {
    await open();
    await draw('line2', 'line4');
    await expectSelected(names.slice(1, 4));
    const before = (await boxOf('line2')).y;
    await page.mouse.wheel(0, 200);
    await until(async () => (await boxOf('line2')).y < before - 100);
    await until(async () => (await selected()).length > 4);
    const now = await selected();
    expect(now).toEqual(names.slice(1, now.length + 1));
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expectSelected([]);
  });

  it('touches what it shows at every zoom', async () => {
    await open();
    await choose(page, page.getByRole('combobox', { name: 'Zoom' }), '50 %');
    await until(async () => (await boxOf('line2')).height < 20);
    await draw('line6', 'line9');
    await page.mouse.up();
    await expectSelected(names.slice(5, 9));
    await choose(page, page.getByRole('combobox', { name: 'Zoom' }), '100 %');
  });

  it('is drawn on while the structure of tables arrives', async () => {
    let arrive: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/schema', async (route) => {
      await held;
      await route.continue();
    });
    const structure = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/schema'));
    await page.goto(`/edit/${app.id}`);
    await line('line1').waitFor();
    await draw('line1', 'line2');
    arrive();
    await (await structure).finished();
    await page.waitForTimeout(300);
    await page.unroute('**/schema');
    const end = await boxOf('line4');
    await page.mouse.move(end.x + 30, end.y + end.height / 2, { steps: 4 });
    await expectSelected(names.slice(0, 4));
    await page.mouse.up();
    await expectSelected(names.slice(0, 4));
  });

  it('moves a component that is already there into the open tab', async () => {
    await open();
    const tab = page.locator('#fettle-canvas').getByText('Inside the tab');
    await until(() =>
      tab.scrollIntoViewIfNeeded({ timeout: 2000 }).then(
        () => true,
        () => false,
      ),
    );
    const [from, to] = [await boxOf('line1'), await tab.boundingBox()];
    if (to === null) throw new TypeError('The tab is not on the page.');
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 34, from.y + from.height / 2 + 6, { steps: 4 });
    const mark = page.locator('#drop-line');
    for (let turn = 0; turn < 20; turn += 1) {
      await page.mouse.move(to.x + 40 + (turn % 2), to.y + to.height * 0.65);
      await page.waitForTimeout(50);
      if (turn > 2 && (await mark.isVisible())) break;
    }
    await page.mouse.up();
    await mark.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('Saved').waitFor();
    const screen = firstScreen(app);
    await until(async () => {
      const params = { appId: app.id };
      const { definition } = (await installation.owner.client.call(routes.apps.draft, { params })) as unknown as {
        definition: { screens: Record<string, { components: Record<string, { slots?: Record<string, string[]> }> }> };
      };
      const { cmp_tabs: tabs } = definition.screens[screen.id]?.components ?? {};
      return tabs?.slots?.['tab_a']?.join(' ') === 'cmp_inside cmp_line1';
    });
    await line('line1').waitFor();
  });
});

/** A tab card on top and many lines below, in place of what the first screen had. */
function fullScreen(made: MadeApp): readonly Command[] {
  const screen = firstScreen(made);
  const text = (name: string, value: string) => ({ type: 'core/text', name, settings: { text: value } });
  const lines = names.map((name) => [`cmp_${name}`, text(name, `Text of ${name}`)] as const);
  const root = screen.components[screen.root];
  const add = (id: string, components: Readonly<Record<string, unknown>>, index: number) =>
    ({
      type: 'component.add',
      screen: screen.id,
      parent: screen.root,
      slot: 'children',
      index,
      root: id,
      components,
    }) as Command;
  const tabs = {
    type: 'core/tabs',
    name: 'sections',
    settings: { tabs: [{ id: 'tab_a', label: 'Facts' }], keepAlive: true, look: 'line', grow: false },
    slots: { tab_a: ['cmp_inside'] },
  };
  return [
    { type: 'component.remove', screen: screen.id, components: [...(root?.slots?.['children'] ?? [])] } as Command,
    add('cmp_tabs', { cmp_tabs: tabs, cmp_inside: text('inside', 'Inside the tab') }, 0),
    ...lines.map(([id, component], index) => add(id, { [id]: component }, index + 1)),
  ];
}

function firstScreen(made: MadeApp): MadeApp['draft']['client']['screens'][string] {
  const screen = Object.values(made.draft.client.screens)[0];
  if (screen === undefined) throw new TypeError('The app has no screen.');
  return screen;
}
