import type { FlowActionExample } from '@fettle/sdk/testing';
import { listen } from './listening-server.ts';
import { listenSsh } from './ssh-server.ts';
import { peopleData, withPeople } from './people-table.ts';
import { runAction } from './run-action.ts';

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

const textFile = { name: 'a.txt', type: 'text/plain', bytes: new TextEncoder().encode('hi') };

/** A service whose address is the secret. */
const webhook =
  (settings: Readonly<Record<string, unknown>>): MakeExample =>
  async () => {
    const { url } = await listen(() => ({ json: { id: 'm1' } }));
    return {
      settings: { webhook: 'its address', ...settings },
      secrets: { webhook: `${url}/hook` },
    } as FlowActionExample;
  };

/** A model that says the same in any case; its answer's id is the key it was sent. */
const model =
  (content: string, settings: Readonly<Record<string, unknown>>): MakeExample =>
  async () => {
    const { url } = await listen(({ headers }) => ({
      json: {
        id: headers.authorization,
        choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 1 },
      },
    }));
    return { settings: { baseUrl: url, model: 'm', apiKey: 'model key', ...settings } } as FlowActionExample;
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
  'core/backup-database': plain({ dataSource: 'ds_1' }),
  'core/invalidate-cache': plain({ dataSource: 'ds_1' }),
  'core/start-flow': plain({ flow: 'flw_2', input: { id: 1 } }),
  'core/transform-list': plain({ operation: 'sort', items: [{ a: 2 }, { a: 1 }], sort: [] }),
  'core/parse-csv': plain({ text: 'id,name\n1,Ada' }),
  'core/build-csv': plain({ rows: [{ id: 1 }] }),
  'core/parse-xlsx': async () => {
    const { files } = await runAction('build-xlsx', { name: 'a', rows: [{ id: 1, name: 'Ada' }] });
    return { settings: { file: 'f1' }, files: { f1: [...files.values()][0] ?? textFile } };
  },
  'core/build-xlsx': plain({ name: 'a.xlsx', rows: [{ id: 1, on: '2026-03-01' }] }),
  'core/parse-json': plain({ text: '{"a":[1]}', path: 'a', schema: { type: 'array' } }),
  'core/build-json': plain({ value: { a: 1 } }),
  'core/parse-xml': plain({ text: '<a b="1">c</a>' }),
  'core/build-xml': plain({ root: 'a', value: { '@b': 1 } }),
  'core/build-pdf': plain({ name: 'a.pdf', template: '# Hello\n\n[[table rows]]', values: { rows: [{ id: 1 }] } }),
  'core/make-hash': plain({ text: 'hello', key: 'signing key' }),
  'core/sign-token': plain({ claims: { a: 1 }, key: 'token key' }),
  'core/check-token': plain({ text: 'x.y.z', key: 'token key', whenInvalid: 'tell' }),
  'core/random-value': plain({ kind: 'token' }),
  'core/read-file': () => ({ settings: { file: 'f1' }, files: { f1: textFile } }),
  'core/write-file': plain({ name: 'a.txt', content: 'hi' }),
  'core/notify-user': plain({ to: ['ada@example.com'], title: 'Done' }),
  'core/send-email': plain({ to: ['ada@example.com'], subject: 'Hi', body: 'Hello' }),
  'core/send-slack': webhook({ message: 'Hi' }),
  'core/send-teams': webhook({ message: 'Hi', title: 'Done' }),
  'core/send-discord': webhook({ message: 'Hi' }),
  'core/call-automation': webhook({ service: 'make', data: { id: 1 } }),
  'core/pagerduty-event': echo((baseUrl) => ({ baseUrl, routingKey: 'pager key', text: 'Down' })),
  'core/servicenow-record': echo((instance) => ({
    instance,
    user: 'ada',
    password: 'snow password',
    values: { short_description: 'Down' },
  })),
  'core/jira-issue': echo((site) => ({ site, user: 'ada@x', token: 'jira token', project: 'OPS', title: 'Down' })),
  'core/github-issue': async () => {
    const { url } = await listen(({ headers }) => ({ json: { number: 7, html_url: 'https://x/7', headers } }));
    return { settings: { baseUrl: url, repository: 'a/b', title: 'Down', token: 'github token' } };
  },
  'core/ssh-command': async () => {
    const { port, hostKey } = await listenSsh({ password: 'hunter2-hunter2-hunter2' });
    return {
      settings: {
        host: '127.0.0.1',
        port,
        hostKey,
        user: 'ada',
        authentication: 'password',
        password: 'ssh password',
        command: 'echo',
        arguments: ['hi'],
      },
    };
  },
  'core/ask-model': model('hello', { text: 'hi' }),
  'core/classify-text': model('{"labels":["a"]}', { text: 'hi', classes: [{ name: 'a', value: 'what is a' }] }),
  'core/extract-values': model('{"n":1}', { text: 'hi', fields: [{ name: 'n', value: 'number' }] }),
  'core/summarise-text': model('hello', { text: 'hi' }),
  'core/translate-text': model('hallo', { text: 'hi', language: 'German' }),
};
