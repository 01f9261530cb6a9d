import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../e2e/harness/installation.ts';
import { ownerLogin } from '../../e2e/harness/server-process.ts';
import { buildIfNeeded } from './build.ts';

// `pnpm screenshots`: the demo app on a server of its own, taken page by page into docs/screenshots.
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/screenshots');

interface Shot {
  readonly name: string;
  /** Where it is taken, e.g. `/apps/it-desk`. */
  readonly path: (place: Place) => string;
  readonly size: 'desktop' | 'phone';
  readonly scheme: 'light' | 'dark';
  /** Brings the page into the state that is shown. */
  readonly prepare: (page: Page, place: Place) => Promise<void>;
}

interface Place {
  readonly appId: string;
  readonly slug: string;
  readonly workspace: string;
  readonly demoSource: string;
}

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const app =
  (path: string) =>
  ({ slug }: Place): string =>
    `/apps/${slug}${path}`;
const rowsAreThere = async (page: Page): Promise<void> => {
  await page.getByRole('row').or(page.getByRole('main').getByRole('listitem')).nth(2).waitFor();
};
const figuresAreThere = async (page: Page): Promise<void> => {
  await page.getByText('Open tickets').first().waitFor();
  await page.locator('figure svg').nth(3).waitFor();
};

const shots: readonly Shot[] = [
  {
    name: 'home',
    path: ({ workspace }) => `/w/${workspace}/apps`,
    size: 'desktop',
    scheme: 'light',
    prepare: (page) => page.getByText('IT desk').first().waitFor(),
  },
  {
    name: 'home-dark',
    path: ({ workspace }) => `/w/${workspace}/apps`,
    size: 'desktop',
    scheme: 'dark',
    prepare: (page) => page.getByText('IT desk').first().waitFor(),
  },
  {
    name: 'data',
    path: ({ workspace, demoSource }) => `/w/${workspace}/data/${demoSource}`,
    size: 'desktop',
    scheme: 'light',
    prepare: openTickets,
  },
  {
    name: 'data-dark',
    path: ({ workspace, demoSource }) => `/w/${workspace}/data/${demoSource}`,
    size: 'desktop',
    scheme: 'dark',
    prepare: openTickets,
  },
  { name: 'canvas', path: ({ appId }) => `/edit/${appId}`, size: 'desktop', scheme: 'light', prepare: selectChart },
  { name: 'canvas-dark', path: ({ appId }) => `/edit/${appId}`, size: 'desktop', scheme: 'dark', prepare: selectChart },
  { name: 'app-desktop', path: app('/dashboard'), size: 'desktop', scheme: 'light', prepare: figuresAreThere },
  { name: 'app-desktop-dark', path: app('/dashboard'), size: 'desktop', scheme: 'dark', prepare: figuresAreThere },
  { name: 'app-list', path: app('/tickets'), size: 'desktop', scheme: 'light', prepare: rowsAreThere },
  { name: 'app-phone', path: app('/dashboard'), size: 'phone', scheme: 'light', prepare: figuresAreThere },
  { name: 'app-phone-dark', path: app('/dashboard'), size: 'phone', scheme: 'dark', prepare: figuresAreThere },
  { name: 'app-phone-list', path: app('/tickets'), size: 'phone', scheme: 'light', prepare: rowsAreThere },
];

async function openTickets(page: Page): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Data sources' });
  await tree.getByRole('treeitem', { name: /^tickets/ }).click();
  await rowsAreThere(page);
}

/** A chart is selected, its settings are open. */
async function selectChart(page: Page): Promise<void> {
  const canvas = page.getByRole('application', { name: /^Canvas/ });
  await canvas.locator('figure svg').nth(1).waitFor();
  await canvas.locator('figure').first().click();
  await page.getByRole('tab', { name: 'Settings' }).waitFor();
  await page.mouse.move(720, 20);
  await canvas.getByRole('row').nth(3).waitFor();
}

/** Makes the demo app on a fresh server. */
async function createDemo({ owner, workspaceId }: Installation): Promise<Place> {
  const params = { workspaceId };
  const { app: made } = await owner.client.call(routes.apps.create, {
    params,
    body: { name: 'IT desk', from: { kind: 'demo' } },
  });
  await owner.client.call(routes.apps.publish, { params: { appId: made.id }, body: { revision: 0 } });
  const { dataSources } = await owner.client.call(routes.dataSources.list, { params });
  const dataSource = dataSources[0]?.id ?? '';
  for (const [name, tables] of [
    ['Asset register', ['assets', 'locations', 'vendors']],
    ['Change calendar', ['changes', 'change_assets']],
    ['Staff directory', ['people', 'departments']],
  ] as const) {
    const from = { kind: 'tables' as const, dataSource, tables: [...tables] };
    await owner.client.call(routes.apps.create, { params, body: { name, from } });
  }
  const { user } = await owner.client.call(routes.account.session, {});
  return {
    appId: made.id,
    slug: made.slug,
    workspace: user?.workspaces[0]?.slug ?? '',
    demoSource: dataSources[0]?.id ?? '',
  };
}

async function take(browser: Browser, installation: Installation, place: Place, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    baseURL: installation.server.url,
    viewport: sizes[shot.size],
    colorScheme: shot.scheme,
    deviceScaleFactor: shot.size === 'phone' ? 2 : 1,
    hasTouch: shot.size === 'phone',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(20_000);
  await context.request.post(routes.account.signIn.path, { data: ownerLogin });
  // The stream that tells of changes would stay open.
  await context.route('**/notifications/live', (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  await page.goto(shot.path(place));
  await shot.prepare(page, place);
  await page.waitForLoadState('networkidle');
  // Charts draw themselves a moment after their data is there.
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${shot.name}.png`), animations: 'disabled', caret: 'hide' });
  console.log(`docs/screenshots/${shot.name}.png`);
  await context.close();
}

process.chdir(root);
if (process.env['FETTLE_E2E_BUILD'] !== 'no') await buildIfNeeded();
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const installation = await startInstallation();
const browser = await launchBrowser();
let failed = 0;
try {
  const place = await createDemo(installation);
  for (const shot of shots) {
    if (wanted.length > 0 && !wanted.includes(shot.name)) continue;
    await take(browser, installation, place, shot).catch((error: unknown) => {
      failed += 1;
      console.error(`FAILED: ${shot.name}: ${String(error)}`);
    });
  }
} finally {
  await browser.close();
  await installation.server.dispose();
}
process.exit(failed === 0 ? 0 : 1);
