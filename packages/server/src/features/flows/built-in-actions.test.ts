import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { emptyApp, saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

function action(name: string, type: string, settings: Readonly<Record<string, unknown>>): FlowStep {
  return { id: `stp_${name}`, name, kind: 'action', type: `core/${type}`, settings };
}

function give(value: unknown): FlowStep {
  return { id: 'stp_give', name: 'give', kind: 'return', value };
}

describe('built-in actions, played by the server on a real table', () => {
  let server: DataTestServer;
  let appId = '';
  let source = '';
  const place = () => ({ workspaceId: server.workspaceId, dataSource: source, table: 'task' });

  beforeAll(async () => {
    server = await startDataTestServer();
    const { workspaceId } = server;
    const { dataSource } = await server.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Tables', kind: 'internal' },
    });
    await server.client.call(routes.dataSources.createTable, {
      params: { workspaceId, dataSource: dataSource.id },
      body: {
        name: 'task',
        fields: [
          { name: 'title', type: 'text', required: true },
          { name: 'points', type: 'integer' },
        ],
      },
    });
    source = dataSource.id;
    const data = { dataSource: source, table: 'task' };
    const flows: Readonly<Record<string, readonly FlowStep[]>> = {
      rows: [
        action('add', 'create-row', { data, values: { title: 'First', points: '{{ 1 + 1 }}' } }),
        action('bulk', 'bulk-rows', { data, operation: 'create', rows: '{{ trigger.rows }}' }),
        action('change', 'update-row', { data, key: '{{ steps.add.output.row }}', values: { points: 5 } }),
        action('merge', 'upsert-row', { data, match: ['title'], values: { title: 'Second', points: 9 } }),
        action('find', 'list-rows', {
          data,
          filter: { column: 'points', operator: 'greaterOrEqual', value: '{{ 5 }}' },
          sort: [{ column: 'points', direction: 'descending' }],
        }),
        action('sum', 'aggregate-rows', { data, measures: [{ name: 'total', function: 'sum', column: 'points' }] }),
        action('get', 'get-row', { data, key: '{{ steps.add.output.row.id }}' }),
        action('gone', 'delete-row', { data, key: '{{ steps.bulk.output.rows }}', whenMissing: 'skip' }),
        action('csv', 'build-csv', { rows: '{{ steps.find.output.rows }}', columns: ['title', 'points'] }),
        give({
          csv: '{{ steps.csv.output.text }}',
          created: '{{ steps.merge.output.created }}',
          title: '{{ steps.get.output.row.title }}',
          total: '{{ steps.sum.output.first.total }}',
        }),
      ],
      script: [
        action('script', 'run-script', {
          code: 'console.log("adding"); return input.numbers.reduce((sum, n) => sum + n, 0);',
          input: { numbers: '{{ trigger.numbers }}' },
        }),
        give('{{ steps.script.output.value }}'),
      ],
      mail: [action('mail', 'send-email', { to: ['ada@example.com'], subject: 'Hi', body: 'Hello' }), give(1)],
      ssh: [action('run', 'ssh-command', { host: '127.0.0.1', user: 'root', command: 'id' }), give(1)],
      inside: [action('call', 'http-request', { method: 'GET', url: 'http://127.0.0.1:5432/' }), give(1)],
    };
    const app = {
      ...emptyApp('Actions'),
      flows: Object.fromEntries(
        Object.entries(flows).map(([name, steps]) => [
          `flw_${name}`,
          { id: `flw_${name}`, name, trigger: { type: 'core/manual', settings: {} }, steps } as unknown as Flow,
        ]),
      ),
    };
    const made = await server.client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name: 'Actions', from: { kind: 'definition', files: saveApp(app) } },
    });
    appId = made.app.id;
  }, 30_000);
  afterAll(() => server?.close());

  const play = async (flow: string, trigger: unknown, isDryRun = false) => {
    const { run } = await server.client.call(routes.flows.startDraft, {
      params: { appId, flow: `flw_${flow}` },
      body: { trigger: trigger as never, isDryRun, waitMs: 20_000 },
    });
    return run;
  };

  it('create, change, find, sum and delete rows', async () => {
    const run = await play('rows', { rows: [{ title: 'Second', points: 1 }] });
    expect(run.error).toBeUndefined();
    expect(run).toMatchObject({
      state: 'succeeded',
      output: { csv: 'title,points\r\nSecond,9\r\nFirst,5\r\n', created: false, title: 'First', total: '14' },
    });
  });

  it('change rows in a dry run as they would for real, and leave nothing of it', async () => {
    const titles = async () =>
      (await server.client.call(routes.dataSources.rows.list, { params: place(), body: { limit: 100 } })).rows;
    const before = await titles();
    expect(before).toHaveLength(2);
    const dry = await play('rows', { rows: [{ title: 'Third', points: 1 }] }, true);
    expect(dry.error).toBeUndefined();
    expect(dry).toMatchObject({ state: 'succeeded', output: { created: false, title: 'First' } });
    // It sees the row that it added beside the one that was there.
    expect((dry.output as { csv: string }).csv.match(/First,5/g)).toHaveLength(2);
    expect(await titles()).toEqual(before);
    // Nothing is left that would keep others waiting.
    const added = { params: place(), body: { rows: [{ title: 'At once', points: 0 }] } };
    const { rows: made } = await server.client.call(routes.dataSources.rows.create, added);
    await server.client.call(routes.dataSources.rows.delete, {
      params: place(),
      body: { keys: made.map(({ id }) => ({ id: id as number })) },
    });
  });

  it('run scripts in the sandbox', async () => {
    expect(await play('script', { numbers: [1, 2, 3] })).toMatchObject({ state: 'succeeded', output: 6 });
  });

  it('say that there is no mail server', async () => {
    expect(await play('mail', {})).toMatchObject({ state: 'failed', error: { code: 'flow.not-available' } });
  });

  it('are off until the operator allows them, where they reach far', async () => {
    expect(await play('ssh', {})).toMatchObject({
      state: 'failed',
      error: { code: 'flow.capability-off', hint: expect.stringContaining('FETTLE_OPERATOR_ACTIONS=ssh') as unknown },
    });
  });

  it('are held back from addresses of this machine', async () => {
    const run = await play('inside', {});
    expect(run).toMatchObject({ state: 'failed', error: { code: expect.stringMatching(/^outbound\./) as unknown } });
  });
});
