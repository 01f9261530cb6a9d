import pg from 'pg';
import type { DatabaseServer } from '@fettle/testing';
import { median, type Figure } from '../report.ts';
import { logStep, openFlowProduct, publishFlows } from './flow-product.ts';
import { withDatabase } from './metadata-database.ts';

const schedules = 10_000;
const perApp = 500;
const minuteMs = 60_000;

/** 10,000 schedules on PostgreSQL: how late their runs are, spread over a minute and all due in one instant. */
export async function measureSchedules(database: DatabaseServer): Promise<readonly Figure[]> {
  return [
    await measureDelay(database, 'spread over a minute', (index) => `${index % 60} * * * * *`),
    await measureDelay(database, 'all due in one instant', () => '0 * * * * *'),
  ];
}

async function measureDelay(
  database: DatabaseServer,
  what: string,
  expression: (index: number) => string,
): Promise<Figure> {
  return withDatabase(database, async (address) => {
    const product = await openFlowProduct(address, []);
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    try {
      for (let at = 0; at < schedules; at += perApp) {
        const flows = Array.from({ length: perApp }, (_, index) => scheduled(at + index, expression(at + index)));
        await publishFlows(product.owner, product.workspace, flows, `Schedules ${at / perApp + 1}`);
      }
      const delays = await readDelays(client);
      const longest = delays.at(-1) ?? Number.NaN;
      return {
        what: `10,000 schedules on PostgreSQL, ${what}: from the tick to the stored run`,
        measured: `${longest} ms`,
        target: '< 1000 ms',
        holds: delays.length === schedules && longest < 1000,
        details: `the longest of ${delays.length} starts in one minute; median ${median(delays)} ms`,
      };
    } finally {
      await client.end();
      await product.stop();
    }
  });
}

const scheduled = (index: number, expression: string): object => ({
  id: `flw_at${index}`,
  name: `at${index}`,
  trigger: { type: 'core/schedule', settings: { kind: 'cron', expression, timeZone: 'UTC' } },
  steps: [logStep(index)],
});

/** Delays of all starts of one whole minute, in milliseconds, the shortest first. The minute before it warms up. */
async function readDelays(client: pg.Client): Promise<readonly number[]> {
  const from = (Math.floor(Date.now() / minuteMs) + 2) * minuteMs;
  const until = from + minuteMs;
  const patience = until + 30_000;
  const pending = `select count(*)::int as count from flow_schedule where next_at < $1`;
  while (Date.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (Date.now() < until) continue;
    const { rows } = await client.query<{ count: number }>(pending, [until]);
    if (rows[0]?.count === 0) break;
  }
  const { rows } = await client.query<{ delay: number }>(
    `select (created_at - extract(epoch from (trigger::jsonb ->> 'scheduledAt')::timestamptz) * 1000)::int as delay
     from flow_run
     where (trigger::jsonb ->> 'scheduledAt')::timestamptz >= to_timestamp($1::double precision / 1000)
       and (trigger::jsonb ->> 'scheduledAt')::timestamptz < to_timestamp($2::double precision / 1000)
     order by 1`,
    [from, until],
  );
  return rows.map(({ delay }) => delay);
}
