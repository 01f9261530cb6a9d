import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Installation } from './installation.ts';
import { ownerLogin } from './server-process.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

/** A page in which the owner has just signed in, as a person does. `path` is where they go next. */
export async function openBuilder(
  browser: Browser,
  installation: Installation,
  path?: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const watched = await openPage(browser, installation.server.url, options);
  const { page } = watched;
  // A page that nobody has signed in to yet asks once whether somebody has.
  watched.allow(/401 POST \/api\/session\/refresh$/);
  await page.goto('/');
  await page.getByLabel('E-mail').fill(ownerLogin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(ownerLogin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/apps$/);
  if (path !== undefined) await page.goto(path);
  return watched;
}
