import type { FlowActionExample } from '@fettle/sdk/testing';
import { listen } from './listening-server.ts';
import { peopleData, withPeople } from './people-table.ts';

type MakeExample = () => FlowActionExample | Promise<FlowActionExample>;

const rows =
  (settings: Readonly<Record<string, unknown>>): MakeExample =>
  () =>
    ({ ...withPeople, settings: { data: peopleData, ...settings } }) as FlowActionExample;

const plain =
  (settings: Readonly<Record<string, unknown>>): MakeExample =>
  () =>
    ({ settings }) as FlowActionExample;

/** A service that answers what it was sent: secrets come back in every form. */
const echo =
  (settings: (url: string) => Readonly<Record<string, unknown>>): MakeExample =>
  async () => {
    const { url } = await listen(({ headers, text, path }) => ({
      json: { headers, text, path, ok: true, id: 'x1', key: 'K-1', status: 'success', dedup_key: 'd1' },
    }));
    return { settings: settings(url) } as FlowActionExample;
  };

/** A working example of every action: the contract is checked with it. */
export const examples: Readonly<Record<string, MakeExample>> = {
  'core/create-row': rows({ values: { name: 'Di' } }),
  'core/update-row': rows({ key: 1, values: { name: 'Ada L.' } }),
  'core/upsert-row': rows({ match: ['name'], values: { name: 'Bob', age: 52 } }),
  'core/delete-row': rows({ key: 2 }),
  'core/get-row': rows({ key: 3 }),
  'core/list-rows': rows({}),
  'core/aggregate-rows': rows({ measures: [{ name: 'count', function: 'count' }] }),
  'core/bulk-rows': rows({ operation: 'create', rows: [{ name: 'A' }, { name: 'B' }] }),
  'core/run-query': () => ({ settings: { query: 'qry_1' }, queries: { qry_1: () => [{ id: 1 }] } }),
  'core/http-request': echo((url) => ({
    method: 'POST',
    url: `${url}/orders`,
    bodyType: 'json',
    json: { n: 1 },
    authentication: 'basic',
    user: 'ada',
    secret: 'shop password',
  })),
  'core/respond-webhook': plain({ json: { received: true } }),
  'core/run-script': plain({ code: 'return 1' }),
  'core/log': plain({ message: 'Hello' }),
};
