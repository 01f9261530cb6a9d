import { fileURLToPath } from 'node:url';
import type { DatabaseServer } from '@fettle/testing';
import { benchDatabase } from '../bench-table.ts';
import { startServer, type ChildServer } from '../child-server.ts';
import { measure } from '../load.ts';
import type { BenchOptions } from '../options.ts';
import { median, type Figure } from '../report.ts';
import { lightFlows, openFlowProduct, type FlowProduct } from './flow-product.ts';
import { addressOf, withDatabase } from './metadata-database.ts';

/** Flows on both stores: a webhook and its reply, many light steps, a loop. */
export async function measureFlows(database: DatabaseServer, options: BenchOptions): Promise<readonly Figure[]> {
  const sqlite = await measureStore('SQLite', { options, limitMs: 10 }, undefined, () =>
    startServer({
      entry: [fileURLToPath(new URL('./sqlite-limit-server.ts', import.meta.url))],
      portVariable: 'BENCH_PORT',
      readyPath: '/',
      environment: { NODE_ENV: 'production' },
    }),
  );
  const postgres = await withDatabase(database, (address) =>
    measureStore('PostgreSQL', { options, limitMs: 40 }, address, () =>
      startServer({
        entry: [fileURLToPath(new URL('../limit-server.ts', import.meta.url))],
        portVariable: 'BENCH_PORT',
        readyPath: '/row/1',
        environment: { BENCH_DATABASE_URL: addressOf(database, benchDatabase), NODE_ENV: 'production' },
      }),
    ),
  );
  return [...sqlite, ...postgres];
}

async function measureStore(
  store: string,
  { options, limitMs }: { readonly options: BenchOptions; readonly limitMs: number },
  databaseUrl: string | undefined,
  startLimit: () => Promise<ChildServer>,
): Promise<readonly Figure[]> {
  const limit = await startLimit();
  const product = await openFlowProduct(databaseUrl, lightFlows);
  try {
    return [
      await measureWebhook(store, product, limit, options),
      await measureRun(
        store,
        product,
        { flow: 'flw_twenty', input: { who: 'Ada' } },
        {
          what: 'a flow of 20 light steps, from its trigger to its end',
          limitMs,
          times: options.rounds * 10,
        },
      ),
      await measureRun(
        store,
        product,
        { flow: 'flw_loop', input: { items: thousand } },
        {
          what: 'a loop over 1,000 items',
          limitMs: 100,
          times: options.rounds * 3,
        },
      ),
    ];
  } finally {
    await product.stop();
    await limit.stop();
  }
}

const thousand = Array.from({ length: 1_000 }, (_, index) => index);
const item = {
  name: 'New item',
  status: 'open',
  amount: 12.5,
  category_id: 3,
  created_at: '2026-01-01T00:00:00Z',
  note: '',
};

async function measureWebhook(
  store: string,
  product: FlowProduct,
  limit: ChildServer,
  options: BenchOptions,
): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const load = { method: 'POST' as const, headers: {}, body: () => item };
    const rates = [
      await measure({ ...load, url: `${limit.url}/insert` }, options.seconds),
      await measure({ ...load, url: `${product.server.url}/api/hooks/${product.slug}/hook` }, options.seconds),
    ] as const;
    // The first of each warms up.
    if (round === 0) continue;
    bare.push(rates[0]);
    ours.push(rates[1]);
  }
  const ratio = median(ours) / median(bare);
  return {
    what: `${store}: webhook of a one-step flow with its reply, against one insert`,
    measured: ratio.toFixed(2),
    target: '≥ 0.25',
    holds: ratio >= 0.25,
    details: `${Math.round(median(ours))} of ${Math.round(median(bare))} requests/s`,
  };
}

async function measureRun(
  store: string,
  { owner, appId, slug }: FlowProduct,
  start: { readonly flow: string; readonly input: unknown },
  wanted: { readonly what: string; readonly limitMs: number; readonly times: number },
): Promise<Figure> {
  const times: number[] = [];
  for (let index = 0; index < wanted.times + 5; index += 1) {
    const { run } = (await owner.call('POST', `/api/run/${slug}/flows/${start.flow}/start`, {
      input: start.input,
      waitMs: 30_000,
    })) as { run: { id: string; state: string } };
    if (run.state !== 'succeeded') throw new Error(`${start.flow} has ${run.state}.`);
    const { run: kept } = (await owner.call('GET', `/api/apps/${appId}/flow-runs/${run.id}`)) as {
      run: { createdAt: number; finishedAt: number };
    };
    if (index >= 5) times.push(kept.finishedAt - kept.createdAt);
  }
  const middle = median(times);
  return {
    what: `${store}: ${wanted.what}`,
    measured: `${middle} ms`,
    target: `< ${wanted.limitMs} ms`,
    holds: middle < wanted.limitMs,
    details: `median of ${times.length} runs, the longest ${Math.max(...times)} ms`,
  };
}
