import type { Database } from '../../../database/database.ts';
import { countQueue, listAppSlugs } from './metrics.store.ts';
import type { FlowCount, RunCounts } from './run-counts.ts';

/** Upper ends of the classes of times, in seconds. */
const classes = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 3600];

/**
 * The numbers of this process in the OpenMetrics text format: what ended here since it began, and how many runs of the
 * installation have not ended. Names and labels are part of the API.
 */
export async function openMetricsText(database: Database, counts: Pick<RunCounts, 'sinceStart'>): Promise<string> {
  const flows = counts.sinceStart();
  const queue = await countQueue(database.knex);
  const ids = new Set([...flows.map(({ appId }) => appId), ...queue.map(({ app_id }) => app_id)]);
  const slugs = await listAppSlugs(database.knex, [...ids]);
  const labels = (appId: string, flow: string, environment: string): string =>
    labelText({ app: slugs.get(appId) ?? appId, flow, environment });
  const of = ({ appId, flowId, environment }: FlowCount): string => labels(appId, flowId, environment);
  return [
    '# TYPE fettle_flow_runs counter',
    '# HELP fettle_flow_runs Runs that ended in this process.',
    ...flows.flatMap((flow) =>
      (['succeeded', 'failed', 'cancelled'] as const).map(
        (state) => `fettle_flow_runs_total{${of(flow)},state="${state}"} ${flow[state]}`,
      ),
    ),
    ...histogram('fettle_flow_run_duration_seconds', 'How long runs took.', flows, of, ({ durations }) => durations),
    ...histogram(
      'fettle_flow_queue_delay_seconds',
      'How long runs waited to begin.',
      flows,
      of,
      ({ delays }) => delays,
    ),
    '# TYPE fettle_flow_queue_runs gauge',
    '# HELP fettle_flow_queue_runs Runs of the installation that have not ended.',
    ...queue.map(
      (row) =>
        `fettle_flow_queue_runs{${labels(row.app_id, row.flow_id, row.environment)},state="${row.state}"} ${row.count}`,
    ),
    '# EOF',
    '',
  ].join('\n');
}

function histogram(
  name: string,
  help: string,
  flows: readonly FlowCount[],
  of: (flow: FlowCount) => string,
  timesOf: (flow: FlowCount) => FlowCount['durations'],
): string[] {
  return [
    `# TYPE ${name} histogram`,
    `# UNIT ${name} seconds`,
    `# HELP ${name} ${help}`,
    ...flows.flatMap((flow) => {
      const times = timesOf(flow);
      return [
        ...classes.map((end) => `${name}_bucket{${of(flow)},le="${end}"} ${times.countUntil(end * 1000)}`),
        `${name}_bucket{${of(flow)},le="+Inf"} ${times.count()}`,
        `${name}_sum{${of(flow)}} ${times.total() / 1000}`,
        `${name}_count{${of(flow)}} ${times.count()}`,
      ];
    }),
  ];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(
      ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
    )
    .join(',');
}
