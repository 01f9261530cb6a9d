import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { createPluginAuthor, signInBrowser, type PluginAuthor } from '../../harness/plugin-folder.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { canvasOf, openPanel } from '../chinook/builder.ts';

const overdue = '$acmeDays.daysOverdue';

describe('a function is written, installed and used', () => {
  let installation: Installation;
  let author: PluginAuthor;
  let project: string;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let screen: string;
  let dataSource: string;
  let user: WatchedPage | undefined;
  const times: [step: string, ms: number][] = [];

  beforeAll(async () => {
    installation = await startInstallation();
    author = await createPluginAuthor(installation);
    project = join(author.folder, 'acme-days');
    const { owner, workspaceId } = installation;
    const made = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    dataSource = made.dataSource.id;
    app = await makeApp(installation, { name: 'Overdue', dataSource, tables: ['people'] });
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    await signInBrowser(builder.context, installation, owner);
  });
  afterEach(async (context) => {
    await checkPage(builder, context);
    if (user !== undefined) await checkPage(user, context);
  });
  afterAll(async () => {
    console.log(times.map(([step, ms]) => `${step}: ${Math.round(ms)} ms`).join('\n'));
    await browser.close();
    await author.dispose();
    await installation.server.dispose();
  });

  const good = async (words: readonly string[], folder?: string): Promise<void> => {
    const startedAt = performance.now();
    const run = await author.fettle(words, folder);
    times.push([words[1] ?? '', performance.now() - startedAt]);
    expect(run.code, run.stderr + run.stdout).toBe(0);
  };
  /** With STORY_SHOTS=<folder>: a picture to look at. */
  const look = async (name: string, of: Page = page): Promise<void> => {
    const folder = process.env['STORY_SHOTS'];
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await of.screenshot({ path: join(folder, `${name}.png`) });
  };
  const say = async (due: string): Promise<unknown> => {
    const { run } = await installation.owner.client.call(routes.flows.start, {
      params: { app: app.slug, flow: 'flw_days' },
      body: { input: { due }, waitMs: 20_000 },
    });
    return run.output;
  };

  it('from nothing to the workspace, and what it brings is said', async () => {
    await good(['plugin', 'create', 'acme-days', '--kind', 'function']);
    await good(['plugin', 'test'], project);
    await good(['plugin', 'pack'], project);
    await page.goto('/');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Plugins' }).click();
    await page.getByRole('button', { name: 'Install a plugin' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Install a plugin' });
    await dialog.locator('input[type=file]').setInputFiles(join(project, 'acme-days-0.1.0.tgz'));
    await dialog.getByRole('button', { name: 'Look at it' }).click();
    await dialog.getByText('Its functions are expressions: none of its code runs for them.').waitFor();
    await look('1-agree');
    await dialog.getByRole('button', { name: /^Agree|^Install/ }).click();
    const card = page.getByRole('listitem', { name: 'Acme days' });
    await card.getByText(/^2 functions/).waitFor();
  });

  it('is offered with its description while somebody types, and shows its value', async () => {
    const [first] = Object.values(app.draft.client.screens);
    screen = first?.id ?? '';
    const component = { type: 'core/text', name: 'late', settings: { text: 'Nothing yet' } };
    const root = first?.root ?? '';
    await app.publish([
      {
        type: 'component.add',
        screen,
        parent: root,
        slot: 'children',
        index: 0,
        root: 'cmp_late',
        components: { cmp_late: component },
      },
    ] as unknown as Command[]);
    await page.goto(`/edit/${app.id}`);
    await canvasOf(page).getByText('Nothing yet').click();
    const field = page.getByRole('textbox', { name: 'Text', exact: true });
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Late by {{');
    // The editor of expressions takes over from the plain field.
    await page.locator('.cm-content').waitFor();
    await page.keyboard.type(' daysOver');
    const option = page.getByRole('option', { name: /daysOverdue/ });
    await option.waitFor();
    await page.getByText('How many whole days ago something was due; 0 when it is not overdue.').waitFor();
    await look('2-offered');
    await page.keyboard.press('Enter');
    await page.keyboard.type('"2026-04-28", "2026-05-01"');
    await page.getByText('Late by 3', { exact: true }).first().waitFor();
    await look('3-value');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(`Late by {{ ${overdue}(["x"]) }}`);
    await page.locator('.cm-lintRange-error').first().hover();
    await page.getByText(`"due" of "${overdue}" is to be a date.`).first().waitFor();
    await look('4-type');
    // A plain text typed over the expression is typed to its end, and so is the next expression.
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Late', { delay: 40 });
    await expect.poll(() => field.inputValue()).toBe('Late');
    await page.keyboard.type(' by {{', { delay: 40 });
    await page.locator('.cm-content').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(`Late by {{ ${overdue}("2026-04-28", "2026-05-01") }}`);
    await page.keyboard.press('Tab');
    await canvasOf(page).getByText('Late by 3').waitFor();
    const { owner } = installation;
    const stored = async () => {
      const { definition } = await owner.client.call(routes.apps.draft, { params: { appId: app.id } });
      return /"text":"(Late by .*?)"\}/.exec(JSON.stringify(definition))?.[1] ?? '';
    };
    await page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(stored).toContain('2026-05-01');
  });

  it('works in the published app: in a text, in a parameter of SQL, in a step of a flow', async () => {
    await app.publish([
      {
        type: 'query.add',
        query: {
          id: 'qry_days',
          name: 'days',
          dataSource,
          kind: 'sql',
          settings: { sql: `select count(*) + {{ ${overdue}(due, "2026-05-01") }} - count(*) as days from people` },
          parameters: [{ name: 'due', type: 'text', required: true, default: '2026-04-21' }],
          mode: 'read',
          run: 'load',
        },
      },
      {
        type: 'flow.add',
        flow: {
          id: 'flw_days',
          name: 'days',
          trigger: { type: 'core/manual', settings: {} },
          inputs: [{ name: 'due', type: 'text', required: true }],
          access: { roles: ['basic'] },
          steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: `{{ ${overdue}(trigger.due, "2026-05-01") }}` }],
        },
      },
      {
        type: 'component.add',
        screen,
        parent: Object.values(app.draft.client.screens)[0]?.root,
        slot: 'children',
        index: 1,
        root: 'cmp_days',
        components: {
          cmp_days: {
            type: 'core/text',
            name: 'days',
            settings: { text: 'SQL says {{ queries.days.data[0].days }}' },
          },
        },
      },
    ] as unknown as Command[]);
    const person = await installation.addPerson('mira@example.com', 'member');
    user = await openPage(browser, installation.server.url);
    await signInBrowser(user.context, installation, person);
    const { request } = user.context;
    // The server renders the first screen, with the function in it, once its renderer is up; browsers show the same.
    const sent = async () => (await request.get(`${installation.server.url}/apps/${app.slug}`)).text();
    await expect
      .poll(async () => (await sent()).split('fettle-first-screen')[0]?.includes('Late by 3'), { timeout: 30_000 })
      .toBe(true);
    await user.page.goto(`/apps/${app.slug}`);
    await user.page.getByText('Late by 3').waitFor();
    await user.page.getByText('SQL says 10').waitFor();
    await look('5-published', user.page);
    expect(await say('2026-04-30')).toBe(1);
  });

  it('is named by its plugin, and missed by the draft alone when that is turned off', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Plugins' }).click();
    const card = page.getByRole('listitem', { name: 'Acme days' });
    await card.getByRole('button', { name: 'Details' }).click();
    await card.getByText(`app: ${overdue}`).waitFor();
    await look('6-used');
    await card.getByRole('switch', { name: 'Acme days is on' }).press('Space');
    await card.getByText('off', { exact: true }).waitFor();
    // The canvas runs the query of the draft, which cannot be worked out any more.
    builder.allow(/400 POST .*\/draft\/queries\/qry_days\/run$/);
    await page.goto(`/edit/${app.id}`);
    await canvasOf(page).waitFor();
    const problems = await openPanel(page, 'Problems');
    await problems.getByText(`There is no function "${overdue}".`).first().waitFor();
    await problems
      .getByText(/install it or turn it on/)
      .first()
      .waitFor();
    await problems
      .getByRole('button', { name: /There is no function/ })
      .first()
      .click();
    // The setting says it once, not also as what its expression gives at the moment.
    const said = page.getByRole('complementary', { name: 'Settings' }).getByText(`There is no function "${overdue}".`);
    await said.first().waitFor();
    await page.waitForTimeout(500);
    expect(await said.count()).toBe(1);
    await look('7-missing');
    const theirs = user?.page ?? page;
    await theirs.goto(`/apps/${app.slug}`);
    await theirs.getByText('Late by 3').waitFor();
    await theirs.getByText('SQL says 10').waitFor();
    expect(await say('2026-04-29')).toBe(2);
  });
});
