import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A page that remembers whatever went wrong in it: a story must end with an empty list. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong and was not allowed. */
  problems(): readonly string[];
  /** From now on, texts like this are expected. */
  allow(pattern: RegExp): void;
  /** Fails when anything unexpected went wrong so far. */
  expectClean(): void;
  close(): Promise<void>;
}

/** Opens a page of its own: no cookies or storage shared with others. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const found: string[] = [];
  const allowed: RegExp[] = [];
  watch(page, found);
  context.on('page', (other) => watch(other, found));
  const problems = (): readonly string[] => found.filter((text) => !allowed.some((pattern) => pattern.test(text)));
  return {
    page,
    context,
    problems,
    allow: (pattern) => void allowed.push(pattern),
    expectClean: () => expect(problems()).toEqual([]),
    close: () => context.close(),
  };
}

/** Lets a page come to rest: the stream that tells it of changes would stay open. */
export async function withoutStreams({ context }: WatchedPage): Promise<void> {
  await context.route('**/notifications/live', (route) => route.fulfill({ status: 204 }));
}

function watch(page: Page, found: string[]): void {
  page.on('console', (message) => {
    // A failed response is listed with its address below; the console's own line about it says less.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      found.push(`console: ${message.text()}`);
    if (message.type() === 'warning' && /Content Security Policy|Warning:/.test(message.text()))
      found.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`page error: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400)
      found.push(`response: ${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'unknown';
    // Leaving a page gives up what it still loads.
    if (reason !== 'net::ERR_ABORTED')
      found.push(`request: ${reason} ${request.method()} ${new URL(request.url()).pathname}`);
  });
  void page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.effectiveDirective} refused ${event.blockedURI}`);
    });
  });
}
