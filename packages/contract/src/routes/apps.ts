import { Type } from 'typebox';
import type { ClientApp } from '@fettle/definition';
import type { TableDescription } from '@fettle/sdk';
import { defineRoute } from '../route.ts';
import { exact, freeText, id, instant, oneOf, openObject, queryReply, runQueryBody, title } from '../schemas.ts';
import { app, appRole, appTile, change, problem, release, revision, slug } from './app-replies.ts';
import { defineFileRoutes, defineTableRoutes } from './data.ts';
import { defineEventActionRoutes } from './event-actions.ts';
import type { PluginComponentInfo, PluginEventActionInfo } from './plugins.ts';

const inWorkspace = exact({ workspaceId: id });
const inApp = exact({ appId: id });

/** What a browser gets to run an app. */
export interface RunnableApp {
  readonly appId: string;
  readonly slug: string;
  /** Changes whenever the definition or the person's rights do. */
  readonly version: string;
  readonly client: ClientApp;
  /** Descriptions of the tables the person may use, with the columns they may see, by table reference. */
  readonly tables: Readonly<Record<string, TableDescription>>;
  /** The component types of plugins that its screens use and that are there. */
  readonly components: readonly PluginComponentInfo[];
  /** The same for event actions, whose code is on the server. */
  readonly eventActions: readonly PluginEventActionInfo[];
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly roles: readonly string[];
  } | null;
}
const runnable = Type.Unsafe<RunnableApp>({ type: 'object' });

const draftPlace = { appId: id };
const runPlace = { app: id };
const tablePlace = { dataSource: id, table: freeText };
/** The code of a component of a plugin: what an app loads, or the document of a frame that it runs in. */
const codeOf = {
  plugin: Type.String({ minLength: 2, maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' }),
  code: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  file: oneOf(['module.js', 'frame.html']),
};
/** Tries a draft as a role would have it: what it sees and what it may do. */
const roleQuery = { role: Type.Optional(Type.String({ maxLength: 64 })) };
const asRole = exact(roleQuery);

/** Apps: their drafts, releases and members; and running them. */
export const appRoutes = {
  list: defineRoute({
    id: 'apps.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/apps',
    summary: 'Apps for builders.',
    access: { kind: 'workspace', action: 'app.read' },
    params: inWorkspace,
    response: exact({ apps: Type.Array(app) }),
  }),
  mine: defineRoute({
    id: 'apps.mine',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/my-apps',
    summary: 'Published apps that the caller has a role in.',
    access: { kind: 'workspace', action: 'app.list' },
    params: inWorkspace,
    response: exact({ apps: Type.Array(appTile) }),
  }),
  create: defineRoute({
    id: 'apps.create',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/apps',
    summary: 'Makes an app: blank, from tables, from the demo, or from an exported definition.',
    access: { kind: 'workspace', action: 'app.create' },
    params: inWorkspace,
    body: exact({
      name: title,
      from: Type.Union([
        exact({ kind: Type.Literal('blank') }),
        exact({
          kind: Type.Literal('tables'),
          dataSource: id,
          tables: Type.Array(freeText, { minItems: 1, maxItems: 50 }),
        }),
        exact({ kind: Type.Literal('demo') }),
        exact({
          kind: Type.Literal('definition'),
          files: Type.Record(Type.String(), Type.String()),
          /** Data source named in the files → data source of this workspace that takes its place. */
          dataSources: Type.Optional(Type.Record(id, id)),
        }),
      ]),
    }),
    response: exact({ app }),
    maxBodyBytes: 20 * 1024 * 1024,
  }),
  read: defineRoute({
    id: 'apps.read',
    method: 'GET',
    path: '/api/apps/:appId',
    summary: 'One app.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ app }),
  }),
  update: defineRoute({
    id: 'apps.update',
    method: 'PATCH',
    path: '/api/apps/:appId',
    summary: 'Changes the address of an app.',
    access: { kind: 'app', action: 'app.edit' },
    params: inApp,
    body: exact({ slug: Type.Optional(slug) }),
    response: exact({ app }),
  }),
  delete: defineRoute({
    id: 'apps.delete',
    method: 'DELETE',
    path: '/api/apps/:appId',
    summary: 'Deletes an app with its releases. `confirm` repeats its name.',
    access: { kind: 'app', action: 'app.delete' },
    params: inApp,
    query: exact({ confirm: title }),
  }),
  export: defineRoute({
    id: 'apps.export',
    method: 'GET',
    path: '/api/apps/:appId/export',
    summary: 'The draft as a folder of canonical JSON files.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ files: Type.Record(Type.String(), Type.String()) }),
  }),
  draft: defineRoute({
    id: 'draft.read',
    method: 'GET',
    path: '/api/apps/:appId/draft',
    summary: 'The draft with its revision.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ app, revision, definition: openObject }),
  }),
  edit: defineRoute({
    id: 'draft.edit',
    method: 'POST',
    path: '/api/apps/:appId/draft/commands',
    summary: 'Applies edit commands on top of a revision. A stale one is rebased when nothing overlaps, else 409.',
    access: { kind: 'app', action: 'app.edit' },
    params: inApp,
    body: exact({
      revision,
      /** Made by the client: the same id again answers the same result without applying twice. */
      requestId: id,
      commands: Type.Array(openObject, { minItems: 1, maxItems: 500 }),
    }),
    response: exact({ revision, rebasedOver: Type.Array(openObject) }),
    maxBodyBytes: 5 * 1024 * 1024,
  }),
  replaceDraft: defineRoute({
    id: 'draft.replace',
    method: 'PUT',
    path: '/api/apps/:appId/draft',
    summary:
      'Replaces the whole draft by files (see apps.export), as one edit that can be undone. Only on top of this very revision, else 409.',
    access: { kind: 'app', action: 'app.edit' },
    params: inApp,
    body: exact({
      revision,
      /** Made by the client: the same id again answers the same result without applying twice. */
      requestId: id,
      files: Type.Record(Type.String(), Type.String()),
    }),
    response: exact({
      revision,
      changes: Type.Array(change),
      /** The command that takes it back. Absent when nothing changed, or when the request had been made before. */
      inverse: Type.Optional(openObject),
    }),
    maxBodyBytes: 20 * 1024 * 1024,
  }),
  history: defineRoute({
    id: 'draft.history',
    method: 'GET',
    path: '/api/apps/:appId/draft/commands',
    summary: 'Commands applied after a revision.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    query: exact({ since: revision }),
    response: exact({
      revision,
      commands: Type.Array(exact({ revision, by: Type.String(), at: instant, command: openObject })),
    }),
  }),
  problems: defineRoute({
    id: 'draft.problems',
    method: 'GET',
    path: '/api/apps/:appId/draft/problems',
    summary: 'What is wrong with the draft, with places.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ revision, problems: Type.Array(problem) }),
  }),
  changes: defineRoute({
    id: 'draft.changes',
    method: 'GET',
    path: '/api/apps/:appId/draft/changes',
    summary: 'What publishing would change: the draft against the live release.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ revision, changes: Type.Array(change) }),
  }),
  releases: defineRoute({
    id: 'releases.list',
    method: 'GET',
    path: '/api/apps/:appId/releases',
    summary: 'Releases, newest first.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    response: exact({ releases: Type.Array(release) }),
  }),
  publish: defineRoute({
    id: 'releases.publish',
    method: 'POST',
    path: '/api/apps/:appId/releases',
    summary: 'Validates, tests, compiles and freezes the draft at a revision and makes it live.',
    access: { kind: 'app', action: 'app.publish' },
    params: inApp,
    body: exact({
      revision,
      note: Type.Optional(Type.String({ maxLength: 1000 })),
      /** Publishes although tests of flows fail, for those who may. */
      despiteTests: Type.Optional(Type.Boolean()),
    }),
    response: exact({ release }),
  }),
  compareReleases: defineRoute({
    id: 'releases.compare',
    method: 'GET',
    path: '/api/apps/:appId/releases/compare',
    summary: 'Differences between two releases.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    query: exact({ from: id, to: id }),
    response: exact({ changes: Type.Array(change) }),
  }),
  deployRelease: defineRoute({
    id: 'releases.deploy',
    method: 'POST',
    path: '/api/apps/:appId/releases/:releaseId/deploy',
    summary: 'Makes an older (or newer) release live.',
    access: { kind: 'app', action: 'app.publish' },
    params: exact({ appId: id, releaseId: id }),
    response: exact({ release }),
  }),
  unpublish: defineRoute({
    id: 'releases.unpublish',
    method: 'DELETE',
    path: '/api/apps/:appId/live',
    summary: 'Takes the app offline; releases stay.',
    access: { kind: 'app', action: 'app.publish' },
    params: inApp,
  }),
  members: defineRoute({
    id: 'app-members.list',
    method: 'GET',
    path: '/api/apps/:appId/members',
    summary: 'Roles of the app and who was given which.',
    access: { kind: 'app', action: 'app.members' },
    params: inApp,
    response: exact({
      roles: Type.Array(appRole),
      members: Type.Array(
        exact({
          userId: id,
          email: Type.String(),
          name: Type.String(),
          /** Roles given in this app; empty: the app's rule for members holds. */
          roles: Type.Array(Type.String()),
          effective: Type.Array(Type.String()),
        }),
      ),
    }),
  }),
  setMember: defineRoute({
    id: 'app-members.set',
    method: 'PUT',
    path: '/api/apps/:appId/members/:userId',
    summary: 'Gives a member roles in the app; none: back to the app’s rule.',
    access: { kind: 'app', action: 'app.members' },
    params: exact({ appId: id, userId: id }),
    body: exact({ roles: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }) }),
  }),
  explainAccess: defineRoute({
    id: 'app-access.explain',
    method: 'GET',
    path: '/api/apps/:appId/draft/access',
    summary: 'What a role may see and do in the draft: screens, queries, tables.',
    access: { kind: 'app', action: 'app.read' },
    params: inApp,
    query: asRole,
    response: openObject,
  }),
  draftApp: defineRoute({
    id: 'draft.open',
    method: 'GET',
    path: '/api/apps/:appId/draft/definition',
    summary: 'The draft as a role sees it (default: admin), ready to run on development data.',
    access: { kind: 'draft', action: 'app.open' },
    params: exact(draftPlace),
    query: asRole,
    response: runnable,
  }),
  draftRows: defineTableRoutes({
    id: 'draft-rows',
    path: '/api/apps/:appId/draft/tables/:dataSource/:table',
    params: { ...draftPlace, ...tablePlace },
    query: roleQuery,
    access: (verb) => ({ kind: 'draft', action: `table.${verb}`, target: 'table' }),
  }),
  draftQuery: defineRoute({
    id: 'draft.run-query',
    method: 'POST',
    path: '/api/apps/:appId/draft/queries/:query/run',
    summary: 'Runs a query of the draft on development data.',
    access: { kind: 'draft', action: 'query.run', target: 'query' },
    params: exact({ ...draftPlace, query: id }),
    query: asRole,
    body: runQueryBody,
    response: queryReply,
  }),
  draftFiles: defineFileRoutes({
    id: 'draft-files',
    path: '/api/apps/:appId/draft/files',
    params: draftPlace,
    query: roleQuery,
    access: () => ({ kind: 'draft', action: 'app.open' }),
  }),
  draftComponentCode: defineRoute({
    id: 'draft.component-code',
    method: 'GET',
    path: '/api/apps/:appId/draft/components/:plugin/:code/:file',
    summary: 'Code of a component that an enabled plugin brings, for the draft.',
    access: { kind: 'draft', action: 'app.open' },
    params: exact({ ...draftPlace, ...codeOf }),
    transfer: 'download',
  }),
  componentCode: defineRoute({
    id: 'run.component-code',
    method: 'GET',
    path: '/api/run/:app/components/:plugin/:code/:file',
    summary:
      'Code of a component that an enabled plugin brings: a module while it is trusted, the document of a frame.',
    access: { kind: 'release', action: 'app.open' },
    params: exact({ ...runPlace, ...codeOf }),
    transfer: 'download',
  }),
  open: defineRoute({
    id: 'run.open',
    method: 'GET',
    path: '/api/run/:app/definition',
    summary: 'The live release as the caller may see it.',
    access: { kind: 'release', action: 'app.open' },
    params: exact(runPlace),
    response: runnable,
  }),
  rows: defineTableRoutes({
    id: 'run-rows',
    path: '/api/run/:app/tables/:dataSource/:table',
    params: { ...runPlace, ...tablePlace },
    query: {},
    access: (verb) => ({ kind: 'release', action: `table.${verb}`, target: 'table' }),
  }),
  runQuery: defineRoute({
    id: 'run.run-query',
    method: 'POST',
    path: '/api/run/:app/queries/:query/run',
    summary: 'Runs a query of the live release with typed parameters.',
    access: { kind: 'release', action: 'query.run', target: 'query' },
    params: exact({ ...runPlace, query: id }),
    body: runQueryBody,
    response: queryReply,
  }),
  ...defineEventActionRoutes({ draftPlace, roleQuery, runPlace }),
  files: defineFileRoutes({
    id: 'run-files',
    path: '/api/run/:app/files',
    params: runPlace,
    query: {},
    access: (verb) => ({ kind: 'release', action: verb === 'upload' ? 'file.upload' : 'app.open' }),
  }),
} as const;
