import type { DatabaseServer } from '@fettle/testing';
import { measure, type Load } from '../load.ts';
import type { BenchOptions } from '../options.ts';
import { median, type Figure } from '../report.ts';
import { manual, openFlowProduct, type FlowProduct } from './flow-product.ts';
import { tidyUp, withDatabase } from './metadata-database.ts';

const queued = 100_000;

// One run waits for a day and no other may be under way: all that come after it stay in the queue.
const flows = [
  {
    id: 'flw_queue',
    name: 'queue',
    trigger: { type: 'core/webhook', settings: { auth: 'none', reply: 'accept' } },
    concurrency: { limit: 1 },
    steps: [{ id: 'stp_wait', name: 'wait', kind: 'wait', for: { kind: 'duration', duration: '1d' } }],
  },
  { id: 'flw_other', name: 'other', trigger: manual, steps: [] },
];

/** What 100,000 queued runs cost the calls of an app, on both stores. */
export async function measureQueue(database: DatabaseServer, options: BenchOptions): Promise<readonly Figure[]> {
  return [
    await measureStore('SQLite', undefined, options),
    await withDatabase(database, (address) => measureStore('PostgreSQL', address, options)),
  ];
}

async function measureStore(store: string, address: string | undefined, options: BenchOptions): Promise<Figure> {
  const product = await openFlowProduct(address, flows);
  try {
    const loads = await makeLoads(product);
    const rates = async (): Promise<readonly number[]> => {
      const found: number[] = [];
      for (const load of loads) {
        await measure(load, 1);
        const rounds: number[] = [];
        for (let round = 0; round < options.rounds; round += 1) rounds.push(await measure(load, options.seconds / 2));
        found.push(median(rounds));
      }
      return found;
    };
    const before = await rates();
    const made = await fillQueue(product);
    if (address !== undefined) await tidyUp(address);
    const after = await rates();
    const shares = after.map((rate, index) => rate / (before[index] ?? rate));
    const least = Math.min(...shares);
    return {
      what: `${store}: calls of an app with ${made.toLocaleString('en')} queued runs, against none`,
      measured: least.toFixed(2),
      target: '≥ 0.8',
      holds: made >= queued && least >= 0.8,
      details: `the least of: ${loads.map(({ title }, index) => `${title} ${shares[index]?.toFixed(2)} (${Math.round(after[index] ?? 0)}/s)`).join(', ')}`,
    };
  } finally {
    await product.stop();
  }
}

async function makeLoads({
  owner,
  workspace,
  server,
  slug,
}: FlowProduct): Promise<readonly (Load & { title: string })[]> {
  const { dataSource } = (await owner.call('POST', `${workspace}/data-sources`, { name: 'demo', kind: 'demo' })) as {
    dataSource: { id: string };
  };
  const path = `${workspace}/data-sources/${dataSource.id}`;
  const { schema } = (await owner.call('GET', `${path}/schema`)) as {
    schema: { tables: { id: string; name: string }[] };
  };
  const table = schema.tables.find(({ name }) => name === 'ticket' || name === 'tickets') ?? schema.tables[0];
  const headers = { cookie: owner.cookie() };
  return [
    { title: 'definition', method: 'GET', headers, url: `${server.url}/api/run/${slug}/definition` },
    { title: 'session', method: 'GET', headers, url: `${server.url}/api/session` },
    {
      title: 'list',
      method: 'POST',
      headers,
      url: `${server.url}${path}/tables/${table?.id}/list`,
      body: () => ({ limit: 50 }),
    },
  ];
}

/** Sends webhooks until there are as many runs as wanted. */
async function fillQueue({ server, slug, owner, appId }: FlowProduct): Promise<number> {
  const url = `${server.url}/api/hooks/${slug}/queue`;
  let sent = 0;
  const send = async (): Promise<void> => {
    while (sent < queued + 1) {
      sent += 1;
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"number":${sent}}`,
      });
      if (response.status !== 202)
        throw new Error(`A webhook was answered with ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 16 }, send));
  const { runs } = (await owner.call('GET', `/api/apps/${appId}/flow-runs?state=queued&limit=1`)) as {
    runs: readonly unknown[];
  };
  if (runs.length === 0) throw new Error('Nothing is queued.');
  return sent - 1;
}
