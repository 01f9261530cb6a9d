import type { Route } from '@fettle/contract';
import type { TestCall } from './test-client.ts';
import { testPassword, type TestWorkspace, type TestWorld } from './test-world.ts';

/**
 * A well-formed call of every route: what stands between it and success is access alone. Calls that would destroy
 * what other calls need are made so that they fail after access was given (a wrong confirmation, an unknown id).
 */
export function sampleCall(route: Route, world: TestWorld, actor: string): TestCall {
  const { own } = world;
  const params = paramsOf(route, own, world);
  return { params, ...queries[route.id], ...bodyOf(route.id, world, actor) };
}

/** Path parameters that exist, in the given workspace. */
export function paramsOf(
  route: Route,
  place: TestWorkspace,
  world: Pick<TestWorld, 'ids' | 'apiKeyId'>,
): Record<string, string> {
  const values: Record<string, string> = {
    workspaceId: place.workspaceId,
    appId: place.appId,
    app: place.slug,
    releaseId: place.releaseId,
    dataSource: place.dataSource,
    userId: world.ids.member,
    keyId: 'key_unknown2222',
    table: 'items',
    key: '1',
    column: 'name',
    screen: 'scr_admin',
    owner: 'cmp_go',
    event: 'click',
    action: 'act_ask',
    query: 'qry_open',
    flow: 'flw_open',
    run: 'run_unknown',
    token: 'unknown.token',
    file: 'file_unknown',
    code: '0'.repeat(32),
    name: 'screen.json',
    environment: 'development',
    secret: 'api_token',
    hook: 'unknown',
    alert: 'alt_unknown',
    plugin: 'unknown',
    notification: 'ntf_unknown',
    template: 'unknown',
    approval: 'apr_unknown',
  };
  const names = [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] as string);
  const perRoute = paramsPerRoute[route.id] ?? {};
  return Object.fromEntries(names.map((name) => [name, perRoute[name] ?? values[name] ?? '']));
}

const paramsPerRoute: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'members.remove': { userId: 'usr_unknown' },
  'secrets.delete': { secret: 'unknown' },
  'run.component-code': { file: 'frame.html' },
  'draft.component-code': { file: 'frame.html' },
  'data-sources.delete': { dataSource: 'ds_unknown' },
};

const queries: Readonly<Record<string, Pick<TestCall, 'query'>>> = {
  'apps.delete': { query: { confirm: 'not its name' } },
  'draft.history': { query: { since: 0 } },
  'releases.compare': { query: { from: 'rel_unknown', to: 'rel_unknown' } },
  'flow-runs.entry': { query: { path: 'stp_none' } },
  'flow-runs.count-failed': { query: { after: 4_000_000_000_000 } },
  'structure.drop-table': { query: { confirm: 'not its name' } },
  'structure.import-table': { query: { name: 'Imported' } },
};

const list = { body: { limit: 10 } };
const rows: Readonly<Record<string, TestCall>> = {
  list,
  read: { body: { key: { id: 1 } } },
  create: { body: { rows: [{ name: 'New' }] } },
  update: { body: { changes: [{ key: { id: 1 }, values: { name: 'First' } }] } },
  delete: { body: { keys: [{ id: 999 }] } },
  aggregate: { body: { groupBy: [], measures: [{ name: 'count', function: 'count' }] } },
};

function bodyOf(id: string, world: TestWorld, actor: string): TestCall {
  const [feature = '', verb = ''] = id.split('.');
  if (feature.endsWith('-rows') && rows[verb] !== undefined) return rows[verb];
  const fixed = bodies[id];
  if (fixed !== undefined) return { body: fixed };
  switch (id) {
    case 'source-rows.import':
    case 'structure.import-table':
      return { raw: 'name\nImported\n' };
    case 'session.create':
      return { body: { email: `${actor}@nobody.test`, password: testPassword } };
    case 'members.add':
      return { body: { email: `${actor}-adds@one.test`, role: 'member', password: testPassword } };
    case 'data-sources.create':
      return {
        body: { name: `Made by ${actor}`, kind: 'external', connector: 'test/memory', development: { settings: {} } },
      };
    case 'draft.edit':
      return {
        body: {
          revision: 0,
          requestId: `request-${actor}`,
          commands: [addQuery(`made_by_${actor}`, world.own.dataSource)],
        },
      };
    case 'apps.update':
      return { body: { slug: world.own.slug } };
    default:
      return {};
  }
}

/** A command that adds a query: two of them never touch the same place. */
export function addQuery(name: string, dataSource: string) {
  const query = {
    id: `qry_${name.replaceAll('_', '')}`,
    name,
    dataSource,
    kind: 'echo',
    settings: { text: name },
    parameters: [],
    mode: 'read',
    run: 'manual',
  };
  return { type: 'query.add', query };
}

// The app asks for an action of a plugin that is not there: whoever may ask is told so.
const samplePress = { version: 'rel_unknown', requestId: 'prs_0123456789abcdef', values: {} };

const sampleAlert = {
  name: 'Failures',
  kind: 'failure',
  flow: null,
  count: 1,
  minutes: 10,
  isOn: true,
  emails: ['it@one.test'],
  people: [],
  startFlow: null,
};

const bodies: Readonly<Record<string, unknown>> = {
  'setup.run': { token: 'wrong', email: 'x@y.test', name: 'X', password: testPassword, workspaceName: 'X' },
  'account.update': { name: 'Same name' },
  'account.change-password': { current: 'not my password', next: testPassword },
  'workspaces.create': { name: 'Another' },
  'workspaces.update': { name: 'One' },
  'members.update': { role: 'member' },
  'api-keys.create': { name: 'Another key', role: 'member' },
  'templates.install': { sampleRows: 'none' },
  'apps.create': { name: 'Blank', from: { kind: 'blank' } },
  'draft.replace': { revision: 0, requestId: 'replace-1', files: { 'app.json': '{}' } },
  'releases.publish': { revision: 0 },
  'app-members.set': { roles: [] },
  'data-sources.update': { name: 'Orders data' },
  'data-sources.test': { connector: 'test/memory', settings: {} },
  'data-sources.try-query': { kind: 'echo', settings: { text: 'hi' }, mode: 'read' },
  'draft.run-query': {},
  'run.run-query': {},
  'run.run-event-action': samplePress,
  'draft.run-event-action': samplePress,
  'run.start-flow': { input: {} },
  'draft.start-flow': { trigger: {} },
  'flow-answers.give': { approved: true },
  'flow-alerts.create': sampleAlert,
  'flow-alerts.update': sampleAlert,
  'dead-letters.retry': { until: 0 },
  'dead-letters.discard': { until: 0 },
  'flow-controls.pause': { environment: 'development' },
  'flow-controls.resume': { environment: 'development' },
  'flow-runs.rerun': {},
  'flow-tests.run': {},
  'flow-runs.retry-failed': { after: 4_000_000_000_000 },
  'structure.create-table': { name: 'Notes', fields: [] },
  'structure.rename-table': { name: 'Renamed' },
  'structure.add-column': { field: { name: 'More', type: 'text' } },
  'structure.change-column': { name: 'renamed' },
  'notifications.read-all': { until: 0 },
  'app-notifications.read-all': { until: 0 },
  'approvals.answer': { approved: true },
  'app-approvals.answer': { approved: true },
  'secrets.save': { value: 'a secret value' },
  'plugins.inspect': { from: { kind: 'folder', path: '/nowhere' } },
  'plugins.install': { integrity: `sha512-${'A'.repeat(86)}==`, granted: [] },
  'plugins.change': { isEnabled: true },
  'plugins.trust': { integrity: `sha512-${'A'.repeat(86)}==`, isTrusted: true },
};
