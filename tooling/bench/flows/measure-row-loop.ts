import pg from 'pg';
import type { DatabaseServer } from '@fettle/testing';
import { benchDatabase } from '../bench-table.ts';
import type { Figure } from '../report.ts';
import { access, manual, openFlowProduct, publishFlows, type FlowApp, type FlowProduct } from './flow-product.ts';

const rows = 1_000_000;
const batch = 1_000;
const patienceMs = 600_000;

/** A loop over a million rows of a table in batches: memory over what the idle server has, and its time. */
export async function measureRowLoop(database: DatabaseServer): Promise<readonly Figure[]> {
  await makeRows(database);
  const product = await openFlowProduct(undefined, []);
  try {
    const app = await publishLoop(product, await addSource(product, database));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const idle = product.server.memory() ?? Number.NaN;
    let peak = idle;
    const timer = setInterval(() => {
      peak = Math.max(peak, product.server.memory() ?? 0);
    }, 50);
    const startedAt = performance.now();
    const output = await playLoop(product, app);
    clearInterval(timer);
    const seconds = (performance.now() - startedAt) / 1000;
    const over = peak - idle;
    return [
      {
        what: 'A loop over 1,000,000 rows in batches of 1,000: memory over idle',
        measured: `${Math.round(over)} MB`,
        target: '< 200 MB',
        holds: output === rows && over < 200,
        details: `${String(output)} rows in ${seconds.toFixed(1)} s; the most that was resident, ${Math.round(peak)} MB, against ${Math.round(idle)} MB`,
      },
    ];
  } finally {
    await product.stop();
  }
}

async function makeRows(database: DatabaseServer): Promise<void> {
  const client = new pg.Client({ ...database, database: benchDatabase });
  await client.connect();
  await client.query(
    'create table if not exists big (id int primary key, name text not null, amount numeric(12,2) not null)',
  );
  await client.query(
    `insert into big select n, 'Row ' || n, n / 100.0 from generate_series(1, ${rows}) n on conflict do nothing`,
  );
  await client.query('analyze big');
  await client.end();
}

async function addSource({ owner, workspace }: FlowProduct, database: DatabaseServer): Promise<string> {
  const { dataSource } = (await owner.call('POST', `${workspace}/data-sources`, {
    name: 'Bench',
    kind: 'external',
    connector: 'core/postgres',
    development: {
      settings: { host: database.host, port: database.port, user: database.user, database: benchDatabase },
      ...(database.password === '' ? {} : { secrets: { password: database.password } }),
    },
  })) as { dataSource: { id: string } };
  return dataSource.id;
}

async function publishLoop({ owner, workspace }: FlowProduct, dataSource: string): Promise<FlowApp> {
  const { schema } = (await owner.call('GET', `${workspace}/data-sources/${dataSource}/schema`)) as {
    schema: { tables: { id: string; name: string }[] };
  };
  const table = schema.tables.find(({ name }) => name === 'big')?.id ?? '';
  return publishFlows(
    owner,
    workspace,
    [
      {
        id: 'flw_rows',
        name: 'rows',
        trigger: manual,
        access,
        variables: [{ name: 'count', initial: 0 }],
        steps: [
          {
            id: 'stp_each',
            name: 'each',
            kind: 'forEach',
            rows: { dataSource, table, columns: ['id', 'amount'], sort: [{ column: 'id', direction: 'ascending' }] },
            batchSize: batch,
            as: 'batch',
            steps: [
              {
                id: 'stp_add',
                name: 'add',
                kind: 'setVariables',
                values: { count: '{{ vars.count + batch.length }}' },
              },
            ],
          },
          { id: 'stp_end', name: 'end', kind: 'return', value: '{{ vars.count }}' },
        ],
      },
    ],
    'Row loop',
  );
}

async function playLoop({ owner }: FlowProduct, { appId, slug }: FlowApp): Promise<unknown> {
  const { run } = (await owner.call('POST', `/api/run/${slug}/flows/flw_rows/start`, { input: {} })) as {
    run: { id: string };
  };
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { run: now } = (await owner.call('GET', `/api/apps/${appId}/flow-runs/${run.id}`)) as {
      run: { state: string; output?: unknown; error?: unknown };
    };
    if (now.state === 'succeeded') return now.output;
    if (now.state !== 'queued' && now.state !== 'running')
      throw new Error(`The loop has ${now.state}: ${JSON.stringify(now.error)}`);
  }
  throw new Error('The loop did not end.');
}
