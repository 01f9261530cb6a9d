import { fileURLToPath } from 'node:url';
import type { DatabaseServer } from '@fettle/testing';
import { benchDatabase } from './bench-table.ts';
import { createCases, createDeepPageLoads } from './cases.ts';
import { checkAnswers } from './check-answers.ts';
import { startServer } from './child-server.ts';
import { measure, type Load } from './load.ts';
import type { BenchOptions } from './options.ts';
import type { Product } from './product.ts';
import { median, type Figure } from './report.ts';

const limitEntry = fileURLToPath(new URL('./limit-server.ts', import.meta.url));

/** Requests per second of the product as shares of the bare limit's. */
export async function measureRequests(
  database: DatabaseServer,
  product: Product,
  options: BenchOptions,
): Promise<readonly Figure[]> {
  const login = database.password === '' ? database.user : `${database.user}:${encodeURIComponent(database.password)}`;
  const limit = await startServer({
    entry: [limitEntry],
    portVariable: 'BENCH_PORT',
    readyPath: '/row/1',
    environment: {
      BENCH_DATABASE_URL: `postgres://${login}@${database.host}:${database.port}/${benchDatabase}`,
      NODE_ENV: 'production',
    },
  });
  try {
    const figures: Figure[] = [];
    for (const one of createCases(limit.url, product)) {
      const { id, title, target, limit: bare, product: ours } = one;
      if (!options.wants(id)) continue;
      await checkAnswers(one);
      const [limitRate, productRate] = await alternate(bare, ours, options);
      const ratio = productRate / limitRate;
      figures.push({
        what: title,
        measured: ratio.toFixed(2),
        target: `≥ ${target}`,
        holds: ratio >= target,
        details: `${Math.round(productRate)} of ${Math.round(limitRate)} requests/s`,
      });
    }
    if (options.wants('deep')) figures.push(await measureDeepPage(product, options));
    return figures;
  } finally {
    await limit.stop();
  }
}

async function measureDeepPage(product: Product, options: BenchOptions): Promise<Figure> {
  const { first, deep } = await createDeepPageLoads(product, 20_000);
  const [firstRate, deepRate] = await alternate(first, deep, options);
  const ratio = deepRate / firstRate;
  return {
    what: 'Page 400 by cursor against page 1',
    measured: ratio.toFixed(2),
    target: '≥ 0.9',
    holds: ratio >= 0.9,
    details: `${Math.round(deepRate)} of ${Math.round(firstRate)} requests/s`,
  };
}

// What else the machine does then hits both sides alike. The warm-up is not counted.
async function alternate(
  one: Load,
  other: Load,
  { rounds, seconds }: BenchOptions,
): Promise<readonly [number, number]> {
  await measure(one, 2);
  await measure(other, 2);
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    rates[0].push(await measure(one, seconds));
    rates[1].push(await measure(other, seconds));
  }
  return [median(rates[0]), median(rates[1])];
}
