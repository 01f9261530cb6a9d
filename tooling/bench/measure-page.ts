import type { Browser, BrowserContext } from 'playwright-core';
import { openBarePage } from './bare-page.ts';
import type { BenchOptions } from './options.ts';
import type { Product } from './product.ts';
import { median, type Figure } from './report.ts';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

const viewport = { width: 1280, height: 800 };

interface Visit {
  /** From the start of the navigation to the first row in the page. */
  readonly firstRowMs: number;
  /** From there to where the page can be used: the app's code has taken over from what the server rendered. */
  readonly usableMs: number;
  /** Bytes of JavaScript that came over the wire until then, compressed as they came. */
  readonly scriptBytes: number;
}

/**
 * JavaScript before the first row of a published app, and how long the row takes beside a bare page that sends the same
 * request. The browser has signed in on a page of the product before; its cache is empty.
 */
export async function measurePage(
  browser: Browser,
  product: Product,
  options: BenchOptions,
): Promise<readonly Figure[]> {
  const address = `${product.server.url}/apps/${product.slug}`;
  const { state, body } = await signIn(browser, address, product);
  const bare = await openBarePage(product.server.url, { path: `${product.tablePath}/list`, body });
  const ours: Visit[] = [];
  const theirs: Visit[] = [];
  try {
    // The first visit of each warms the server and the machine's own caches; every visit has an empty browser cache.
    for (let round = 0; round <= options.rounds * 2; round += 1) {
      const pair = [await visit(browser, state, bare.url), await visit(browser, state, address)] as const;
      if (round === 0) continue;
      theirs.push(pair[0]);
      ours.push(pair[1]);
    }
  } finally {
    await bare.close();
  }
  const kilobytes = median(ours.map(({ scriptBytes }) => scriptBytes)) / 1000;
  const [own, other] = [
    median(ours.map(({ firstRowMs }) => firstRowMs)),
    median(theirs.map(({ firstRowMs }) => firstRowMs)),
  ];
  const usable = median(ours.map(({ usableMs }) => usableMs));
  const bareKilobytes = median(theirs.map(({ scriptBytes }) => scriptBytes)) / 1000;
  return [
    {
      what: 'Published app: JavaScript until its first screen can be used',
      measured: `${Math.round(kilobytes)} kB`,
      target: '≤ 250 kB',
      holds: kilobytes <= 250,
      details: `compressed, as sent; the bare page: ${Math.round(bareKilobytes)} kB`,
    },
    {
      what: 'Published app: first row against a bare React page',
      measured: `${(own / other).toFixed(2)} ×`,
      target: '≤ 1.5 ×',
      holds: own / other <= 1.5,
      details: `${Math.round(own)} ms of ${Math.round(other)} ms, empty cache; can be used after ${Math.round(usable)} ms`,
    },
  ];
}

/** Signs the member in on the app's own page. Answers that browser's cookies, and the request for rows of its table. */
async function signIn(
  browser: Browser,
  address: string,
  { memberSignIn }: Product,
): Promise<{ readonly state: StorageState; readonly body: unknown }> {
  const context = await browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    const asking = page.waitForRequest((request) => request.url().endsWith('/list'), { timeout: 30_000 });
    await page.goto(address);
    await page.locator('input[type=email]').fill(memberSignIn.email);
    await page.locator('input[type=password]').fill(memberSignIn.password);
    await page.keyboard.press('Enter');
    const body: unknown = (await asking).postDataJSON();
    await page.getByRole('gridcell').first().waitFor();
    return { state: await context.storageState(), body };
  } finally {
    await context.close();
  }
}

async function visit(browser: Browser, state: StorageState, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport, storageState: state });
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    let scriptBytes = 0;
    const scripts = new Set<string>();
    client.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    await client.send('Network.enable');
    await page.addInitScript(watchForRow);
    await page.goto(address, { waitUntil: 'commit' });
    const reached = await page.waitForFunction(
      () => {
        const { firstRowMs, usableMs } = globalThis as Seen;
        return usableMs === undefined ? undefined : { firstRowMs, usableMs };
      },
      undefined,
      { timeout: 30_000 },
    );
    const { firstRowMs = Number.NaN, usableMs = Number.NaN } = (await reached.jsonValue()) ?? {};
    return { firstRowMs, usableMs, scriptBytes };
  } finally {
    await context.close();
  }
}

interface Seen {
  firstRowMs?: number;
  usableMs?: number;
}

/** Runs in the page: notes when the first row of the table `item` stands in it, and when it can be used. */
function watchForRow(): void {
  const seen = globalThis as Seen;
  const observer = new MutationObserver(() => {
    const cell = [...document.querySelectorAll('td, [role="gridcell"], [role="cell"]')].find(({ textContent }) =>
      /^(New i|I)tem \d+$/.test(textContent.trim()),
    );
    if (cell === undefined) return;
    seen.firstRowMs ??= performance.now();
    if (cell.closest('[inert]') !== null) return;
    seen.usableMs = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}
