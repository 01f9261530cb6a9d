import type { Browser } from 'playwright-core';
import { openBarePage } from './bare-page.ts';
import type { BenchOptions } from './options.ts';
import type { Product } from './product.ts';
import { median, type Figure } from './report.ts';

interface Visit {
  /** From the start of the navigation to the first row in the page. */
  readonly firstRowMs: number;
  /** Bytes of JavaScript that came over the wire before it, compressed as they came. */
  readonly scriptBytes: number;
}

/** JavaScript before the first row of a published app, and how long the row takes beside a bare page. */
export async function measurePage(
  browser: Browser,
  product: Product,
  options: BenchOptions,
): Promise<readonly Figure[]> {
  const rows = { path: `${product.tablePath}/list`, body: { limit: 50 } };
  const bare = await openBarePage(product.server.url, rows);
  const address = `${product.server.url}/apps/${product.slug}`;
  const ours: Visit[] = [];
  const theirs: Visit[] = [];
  try {
    // The first visit of each warms the server and the machine's own caches; every visit has an empty browser cache.
    for (let round = 0; round <= options.rounds * 2; round += 1) {
      const pair = [await visit(browser, product, bare.url), await visit(browser, product, address)] as const;
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
  const bareKilobytes = median(theirs.map(({ scriptBytes }) => scriptBytes)) / 1000;
  return [
    {
      what: 'Published app: JavaScript before the first row',
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
      details: `${Math.round(own)} ms of ${Math.round(other)} ms, empty cache`,
    },
  ];
}

async function visit(browser: Browser, product: Product, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const pairs = product.member
      .cookie()
      .split('; ')
      .map((pair) => pair.split('='));
    await context.addCookies(
      pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: product.server.url })),
    );
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
    const reached = await page.waitForFunction(() => (globalThis as { firstRowMs?: number }).firstRowMs, undefined, {
      timeout: 30_000,
    });
    return { firstRowMs: (await reached.jsonValue()) ?? Number.NaN, scriptBytes };
  } finally {
    await context.close();
  }
}

/** Runs in the page: notes when the first row of the table `item` stands in it. */
function watchForRow(): void {
  const seen = globalThis as { firstRowMs?: number };
  const observer = new MutationObserver(() => {
    const cell = [...document.querySelectorAll('td, [role="gridcell"], [role="cell"]')].find(({ textContent }) =>
      /^(New i|I)tem \d+$/.test(textContent.trim()),
    );
    if (cell === undefined) return;
    seen.firstRowMs = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}
