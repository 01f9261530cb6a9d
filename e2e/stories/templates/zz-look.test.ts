import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { startInstallation } from '../../harness/installation.ts';
import { ownerLogin } from '../../harness/server-process.ts';

test('look', async () => {
  mkdirSync('/tmp/shots/tmplcore', { recursive: true });
  const folder = '/tmp/tmplcore-templates';
  const installation = await startInstallation({ settings: { FETTLE_TEMPLATES_DIR: folder } });
  const browser = await launchBrowser();
  try {
    for (const [size, viewport, colorScheme] of [['desktop', { width: 1440, height: 900 }, 'light'], ['dark', { width: 1440, height: 900 }, 'dark'], ['phone', { width: 390, height: 844 }, 'light']] as const) {
      const context = await browser.newContext({ baseURL: installation.server.url, viewport, colorScheme });
      context.setDefaultTimeout(15000);
      await context.request.post(routes.account.signIn.path, { data: ownerLogin });
      await context.route('**/notifications/live', (route) => route.fulfill({ status: 204 }));
      const page = await context.newPage();
      page.on('console', (m) => m.type() === 'error' && console.log(size, m.text()));
      page.on('response', (r) => r.status() >= 400 && console.log(size, r.status(), r.url()));
      const shot = async (name: string) => { await page.waitForLoadState('networkidle'); await page.waitForTimeout(500); await page.screenshot({ path: `/tmp/shots/tmplcore/${name}-${size}.png` }); };
      await page.goto('/'); await shot('home');
      const slug = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? '';
      await page.goto(`/w/${slug}/templates`); await shot('gallery');
      await page.getByRole('link', { name: 'Equipment loans', exact: true }).first().click(); await shot('template');
      await page.evaluate(() => window.scrollTo(0, 1200)); await shot('template-below');
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.getByText('Phone', { exact: true }).first().click(); await shot('template-phoneshot');
      await page.getByRole('link', { name: 'Try it' }).click(); await page.waitForTimeout(1500); await shot('try');
      if (size !== 'phone') { await page.getByText('Phone', { exact: true }).first().click(); await page.waitForTimeout(800); await shot('try-as-phone'); }
      await page.getByRole('button', { name: 'Use this template' }).click(); await shot('install');
      await page.getByLabel('Name').fill(`Loans ${size}`);
      await page.getByRole('button', { name: 'Install', exact: true }).click();
      await page.getByText('is installed').waitFor(); await shot('installed');
      await context.close();
    }
  } finally { await browser.close(); await installation.server.dispose(); }
}, 240_000);
