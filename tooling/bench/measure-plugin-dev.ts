import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '@fettle/testing';
import { createPerson, type ApiPerson } from './api-client.ts';
import { makeDataFolder, ownerSignIn, startProduct } from './product.ts';
import type { BenchOptions } from './options.ts';
import { median, type Figure } from './report.ts';

const command = fileURLToPath(new URL('../../packages/cli/dist/fettle.js', import.meta.url));
const targetMs = 1000;
const placeholder = 'Choose a table in the settings.';

/** One save, in ms since it: when the server had the build, when the page asked for its frame, when it was to be seen. */
interface Reload {
  readonly onServer: number;
  readonly asked: number;
  readonly seen: number;
}

/** How long it takes from saving a component of a plugin until an open builder shows it, with `fettle plugin dev`. */
export async function measurePluginDev(options: BenchOptions): Promise<readonly Figure[]> {
  const folder = await makeDataFolder();
  const projects = await makeDataFolder();
  const server = await startProduct(folder, { FETTLE_PLUGIN_DIRS: projects });
  const browser = await launchBrowser();
  let dev: ChildProcess | undefined;
  try {
    const owner = createPerson(server.url);
    const workspaceId = await signIn(owner);
    const environment = await keyOf(owner, server.url, workspaceId);
    await run(['plugin', 'create', 'bench-cards', '--kind', 'component'], projects, environment);
    const project = join(projects, 'bench-cards');
    dev = start(['plugin', 'dev'], project, environment);
    const told = follow(dev);
    await told.until('Waiting for changes');
    const appId = await makeApp(owner, workspaceId);
    const page = await openBuilder(browser, { url: server.url, cookie: owner.cookie(), appId });
    const file = join(project, 'src/card-list/component.tsx');
    const source = await readFile(file, 'utf8');
    const reloads: Reload[] = [];
    for (let turn = 0; turn < options.rounds * 3 + 2; turn += 1) {
      const text = `Choose a table, please (${turn}).`;
      const reload = await measureReload(page, told, () => writeFile(file, source.replace(placeholder, text)), text);
      // The first ones find nothing warm.
      if (turn >= 2) reloads.push(reload);
      await page.waitForTimeout(300);
    }
    return [figureOf(reloads)];
  } finally {
    dev?.kill('SIGINT');
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(projects, { recursive: true, force: true });
  }
}

function figureOf(reloads: readonly Reload[]): Figure {
  const middle = (of: keyof Reload): number => Math.round(median(reloads.map((reload) => reload[of])));
  const worst = Math.round(Math.max(...reloads.map(({ seen }) => seen)));
  return {
    what: 'Plugin component, from saving it to seeing it in an open builder',
    measured: `${middle('seen')} ms`,
    target: `below ${targetMs} ms`,
    holds: middle('seen') < targetMs,
    details: `on the server after ${middle('onServer')} ms, asked for by the page after ${middle('asked')} ms; slowest of ${reloads.length}: ${worst} ms`,
  };
}

async function measureReload(page: Page, told: Told, save: () => Promise<void>, text: string): Promise<Reload> {
  const startedAt = performance.now();
  const onServer = told.until('is on the server').then(() => performance.now() - startedAt);
  const asked = page.waitForRequest(/\/frame\.html$/).then(() => performance.now() - startedAt);
  const shown = page.waitForEvent('console', (message) => message.text() === `shows ${text}`);
  await save();
  await shown;
  const seen = performance.now() - startedAt;
  return { onServer: await onServer, asked: await asked, seen };
}

async function signIn(owner: ApiPerson): Promise<string> {
  await owner.call('POST', '/api/session', ownerSignIn);
  const { user } = (await owner.call('GET', '/api/session')) as { user: { workspaces: { id: string }[] } };
  return user.workspaces[0]?.id ?? '';
}

async function keyOf(owner: ApiPerson, url: string, workspaceId: string): Promise<Record<string, string>> {
  const made = (await owner.call('POST', `/api/workspaces/${workspaceId}/api-keys`, {
    name: 'Bench',
    role: 'admin',
  })) as { secret: string };
  return { FETTLE_URL: url, FETTLE_API_KEY: made.secret, FETTLE_CONFIG: '/nonexistent' };
}

/** An app with the component on its first screen, which has a table of the demo as well. */
async function makeApp(owner: ApiPerson, workspaceId: string): Promise<string> {
  const { app } = (await owner.call('POST', `/api/workspaces/${workspaceId}/apps`, {
    name: 'Cards',
    from: { kind: 'demo' },
  })) as { app: { id: string } };
  const { definition, revision } = (await owner.call('GET', `/api/apps/${app.id}/draft`)) as {
    definition: { app: { home?: string }; screens: Record<string, { id: string; root: string }> };
    revision: number;
  };
  const screen = definition.screens[definition.app.home ?? ''] ?? Object.values(definition.screens)[0];
  const component = { type: 'bench-cards/card-list', name: 'cards', settings: {} };
  await owner.call('POST', `/api/apps/${app.id}/draft/commands`, {
    revision,
    requestId: 'bench-plugin-dev',
    commands: [
      {
        type: 'component.add',
        screen: screen?.id,
        parent: screen?.root,
        slot: 'children',
        index: 0,
        root: 'cmp_cards',
        components: { cmp_cards: component },
      },
    ],
  });
  return app.id;
}

async function openBuilder(
  browser: Browser,
  { url, cookie, appId }: { readonly url: string; readonly cookie: string; readonly appId: string },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const pairs = cookie.split('; ').map((pair) => pair.split('='));
  await context.addCookies(pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url })));
  // Looking into frames again and again, as locators do, finds a text up to half a second after it is there.
  await context.addInitScript(() => {
    let last = '';
    const look = (): void => {
      const text = document.getElementById('root')?.textContent ?? '';
      const [found] = /Choose a table, please \(\d+\)\./.exec(text) ?? [];
      if (location.protocol === 'about:' && found !== undefined && found !== last)
        console.debug(`shows ${(last = found)}`);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const page = await context.newPage();
  await page.goto(`/edit/${appId}`);
  await page.frameLocator('iframe[title="Card list"]').frameLocator('iframe').getByText(placeholder).waitFor();
  return page;
}

function start(words: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, [command, ...words], {
    cwd,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = start(words, cwd, environment);
  const code = await new Promise((resolve) => void child.once('close', resolve));
  if (code !== 0) throw new Error(`fettle ${words.join(' ')} ended with ${String(code)}.`);
}

/** What a command says, from now on. */
interface Told {
  /** Resolves when it says this the next time. */
  until(text: string): Promise<void>;
}

function follow(child: ChildProcess): Told {
  let all = '';
  let wake: (() => void)[] = [];
  const listen = (part: unknown): void => {
    all += String(part);
    const waiting = wake;
    wake = [];
    for (const look of waiting) look();
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  return {
    async until(text) {
      const from = all.length;
      while (!all.includes(text, from)) {
        if (child.exitCode !== null) throw new Error(`fettle plugin dev ended: ${all}`);
        await new Promise<void>((resolve) => void wake.push(resolve));
      }
    },
  };
}
