import type { Method, Route, routes } from '@fettle/contract';

/**
 * Method and path of the routes that a published app calls. The contract's own declarations carry the schemas of every
 * route and the schema library, which an app in the browser has no use for; their types are kept, and a test holds
 * this table against them.
 */
type Apps = typeof routes.apps;
type Account = typeof routes.account;
type Flows = typeof routes.flows;

/** The routes of one table's rows. */
export type TableRoutes = Apps['rows'];

const pick = <T extends Route>(method: Method, path: string): T => ({ method, path }) as T;

function tableRoutes<T>(path: string): T {
  const post = (verb: string) => pick('POST', `${path}/${verb}`);
  return {
    list: post('list'),
    read: post('read'),
    create: post('create'),
    update: post('update'),
    delete: post('delete'),
    aggregate: post('aggregate'),
    export: pick('GET', `${path}/export`),
  } as T;
}

const run = '/api/run/:app';
const draft = '/api/apps/:appId/draft';
const actionPlace = ':screen/:owner/:event/:action';

/** Running a release. */
export const releaseRoutes = {
  open: pick<Apps['open']>('GET', `${run}/definition`),
  rows: tableRoutes<Apps['rows']>(`${run}/tables/:dataSource/:table`),
  runQuery: pick<Apps['runQuery']>('POST', `${run}/queries/:query/run`),
  runEventAction: pick<Apps['runEventAction']>('POST', `${run}/event-actions/${actionPlace}/run`),
  componentCode: pick<Apps['componentCode']>('GET', `${run}/components/:plugin/:code/:file`),
  startFlow: pick<Flows['start']>('POST', `${run}/flows/:flow/start`),
  upload: pick<Apps['files']['upload']>('POST', `${run}/files`),
  download: pick<Apps['files']['download']>('GET', `${run}/files/:file`),
};

/** Running a draft. */
export const draftRoutes = {
  open: pick<Apps['draftApp']>('GET', `${draft}/definition`),
  rows: tableRoutes<Apps['draftRows']>(`${draft}/tables/:dataSource/:table`),
  runQuery: pick<Apps['draftQuery']>('POST', `${draft}/queries/:query/run`),
  runEventAction: pick<Apps['draftEventAction']>('POST', `${draft}/event-actions/${actionPlace}/run`),
  componentCode: pick<Apps['draftComponentCode']>('GET', `${draft}/components/:plugin/:code/:file`),
  startFlow: pick<Flows['startDraft']>('POST', `${draft}/flows/:flow/start`),
  upload: pick<Apps['draftFiles']['upload']>('POST', `${draft}/files`),
  download: pick<Apps['draftFiles']['download']>('GET', `${draft}/files/:file`),
};

/** Trying a template. */
export const templateRoutes = {
  preview: pick<(typeof routes.templates)['preview']>(
    'GET',
    '/api/workspaces/:workspaceId/templates/:template/preview',
  ),
};

/** The session. */
export const sessionRoutes = {
  signIn: pick<Account['signIn']>('POST', '/api/session'),
  refresh: pick<Account['refresh']>('POST', '/api/session/refresh'),
  signOut: pick<Account['signOut']>('DELETE', '/api/session'),
};
