import { Type, type Static } from 'typebox';
import { fieldTypes, type ConnectorManifest, type SchemaDescription } from '@fettle/sdk';
import { parameterSchema } from '@fettle/definition';
import { defineRoute } from '../route.ts';
import { environment, exact, freeText, id, instant, oneOf, openObject, queryReply, title } from '../schemas.ts';
import { defineFileRoutes, defineTableRoutes } from './data.ts';

const inWorkspace = exact({ workspaceId: id });
const oneSource = { workspaceId: id, dataSource: id };
const oneTable = { ...oneSource, table: freeText };
const inEnvironment = exact({ environment: Type.Optional(environment) });

const environmentSettings = exact({
  /** True: production uses the settings and secrets of development. */
  isInherited: Type.Boolean(),
  settings: openObject,
  /** Secret settings that have a value: never the value. */
  secretsSet: Type.Array(Type.String()),
});

const dataSource = exact({
  id,
  name: Type.String(),
  connector: Type.String(),
  kind: Type.Union([Type.Literal('external'), Type.Literal('internal'), Type.Literal('demo')]),
  environments: exact({ development: environmentSettings, production: environmentSettings }),
  createdAt: instant,
  updatedAt: instant,
});

/** A data source as builders see it. */
export type DataSourceInfo = Static<typeof dataSource>;

const settingsInput = {
  settings: openObject,
  /** New values of secret settings; null removes one; what is left out stays. */
  secrets: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()]))),
};

const field = exact({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  type: oneOf(fieldTypes),
  required: Type.Optional(Type.Boolean()),
  unique: Type.Optional(Type.Boolean()),
  default: Type.Optional(Type.Unknown()),
  options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 500 })),
  target: Type.Optional(Type.String({ maxLength: 260 })),
  scale: Type.Optional(Type.Integer({ minimum: 0, maximum: 18 })),
});

const schemaReply = Type.Unsafe<{ schema: SchemaDescription; readAt: string }>({ type: 'object' });

/** Data sources: settings, structure, rows as builders browse them, and trying queries. */
export const dataSourceRoutes = {
  connectors: defineRoute({
    id: 'connectors.list',
    method: 'GET',
    path: '/api/connectors',
    summary: 'Manifests of the installed connectors.',
    access: { kind: 'account' },
    response: Type.Unsafe<{ connectors: readonly ConnectorManifest[] }>({ type: 'object' }),
  }),
  list: defineRoute({
    id: 'data-sources.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/data-sources',
    summary: 'Data sources of a workspace.',
    access: { kind: 'workspace', action: 'data-source.list' },
    params: inWorkspace,
    response: exact({ dataSources: Type.Array(dataSource) }),
  }),
  create: defineRoute({
    id: 'data-sources.create',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources',
    summary: 'Adds a data source. `demo` and `internal` take no settings.',
    access: { kind: 'workspace', action: 'data-source.manage' },
    params: inWorkspace,
    body: exact({
      name: title,
      kind: Type.Union([Type.Literal('external'), Type.Literal('internal'), Type.Literal('demo')]),
      connector: Type.Optional(Type.String({ maxLength: 100 })),
      development: Type.Optional(exact(settingsInput)),
      /** Absent: production inherits from development. */
      production: Type.Optional(exact(settingsInput)),
    }),
    response: exact({ dataSource }),
  }),
  read: defineRoute({
    id: 'data-sources.read',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource',
    summary: 'One data source.',
    access: { kind: 'workspace', action: 'data-source.list' },
    params: exact(oneSource),
    response: exact({ dataSource }),
  }),
  update: defineRoute({
    id: 'data-sources.update',
    method: 'PATCH',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource',
    summary: 'Renames a data source or changes the settings of one environment. A new destination clears the secrets.',
    access: { kind: 'workspace', action: 'data-source.manage' },
    params: exact(oneSource),
    body: exact({
      name: Type.Optional(title),
      environment: Type.Optional(environment),
      isInherited: Type.Optional(Type.Boolean()),
      settings: Type.Optional(openObject),
      secrets: settingsInput.secrets,
    }),
    response: exact({ dataSource }),
  }),
  delete: defineRoute({
    id: 'data-sources.delete',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource',
    summary: 'Deletes a data source. Refused while apps use it, unless `force`.',
    access: { kind: 'workspace', action: 'data-source.manage' },
    params: exact(oneSource),
    query: exact({ force: Type.Optional(Type.Boolean()) }),
  }),
  test: defineRoute({
    id: 'data-sources.test',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/test',
    summary: 'Tries settings that need not be saved. With `dataSource`, unchanged destinations use its stored secrets.',
    access: { kind: 'workspace', action: 'data-source.manage' },
    params: inWorkspace,
    body: exact({
      connector: Type.String({ maxLength: 100 }),
      dataSource: Type.Optional(id),
      environment: Type.Optional(environment),
      ...settingsInput,
    }),
    response: exact({ durationMs: Type.Number() }),
  }),
  schema: defineRoute({
    id: 'data-sources.schema',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/schema',
    summary: 'Tables, columns and relations, as last read.',
    access: { kind: 'workspace', action: 'data-source.list' },
    params: exact(oneSource),
    query: inEnvironment,
    response: schemaReply,
  }),
  refreshSchema: defineRoute({
    id: 'data-sources.refresh-schema',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/schema',
    summary: 'Reads the structure again.',
    access: { kind: 'workspace', action: 'data-source.manage' },
    params: exact(oneSource),
    query: inEnvironment,
    response: schemaReply,
  }),
  tryQuery: defineRoute({
    id: 'data-sources.try-query',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/query',
    summary: 'Runs a query that need not be saved, in development.',
    access: { kind: 'workspace', action: 'data.write' },
    params: exact(oneSource),
    body: exact({
      kind: Type.String({ maxLength: 60 }),
      settings: openObject,
      definitions: Type.Optional(Type.Array(parameterSchema, { maxItems: 100 })),
      parameters: Type.Optional(openObject),
      mode: Type.Union([Type.Literal('read'), Type.Literal('write')]),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 300_000 })),
      maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    }),
    response: queryReply,
  }),
  usage: defineRoute({
    id: 'data-sources.usage',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/usage',
    summary: 'Apps whose draft or live release uses the data source.',
    access: { kind: 'workspace', action: 'data-source.list' },
    params: exact(oneSource),
    response: exact({ apps: Type.Array(exact({ id, name: Type.String(), tables: Type.Array(Type.String()) })) }),
  }),
  rows: defineTableRoutes({
    id: 'source-rows',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/tables/:table',
    params: oneTable,
    query: {},
    access: (verb) => ({ kind: 'workspace', action: verb === 'view' ? 'data.read' : 'data.write' }),
  }),
  files: defineFileRoutes({
    id: 'workspace-files',
    path: '/api/workspaces/:workspaceId/files',
    params: { workspaceId: id },
    query: {},
    access: (verb) => ({ kind: 'workspace', action: verb === 'upload' ? 'data.write' : 'data.read' }),
  }),
  importRows: defineRoute({
    id: 'source-rows.import',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/tables/:table/import',
    summary: 'Adds the rows of a CSV (the raw body; first line: column names), all or none.',
    access: { kind: 'workspace', action: 'data.write' },
    params: exact(oneTable),
    query: inEnvironment,
    response: exact({ imported: Type.Integer() }),
    transfer: 'upload',
    maxBodyBytes: 100 * 1024 * 1024,
  }),
  importTable: defineRoute({
    id: 'structure.import-table',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/import',
    summary: 'Makes an internal table out of a CSV (the raw body): columns and types are taken from it.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact(oneSource),
    query: exact({ name: Type.String({ minLength: 1, maxLength: 60 }) }),
    response: exact({ table: Type.String(), imported: Type.Integer() }),
    transfer: 'upload',
    maxBodyBytes: 100 * 1024 * 1024,
  }),
  createTable: defineRoute({
    id: 'structure.create-table',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables',
    summary: 'Makes an internal table, in every environment.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact(oneSource),
    body: exact({ name: Type.String({ minLength: 1, maxLength: 60 }), fields: Type.Array(field, { maxItems: 200 }) }),
    response: schemaReply,
  }),
  renameTable: defineRoute({
    id: 'structure.rename-table',
    method: 'PATCH',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables/:table',
    summary: 'Renames an internal table.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact(oneTable),
    body: exact({ name: Type.String({ minLength: 1, maxLength: 60 }) }),
    response: schemaReply,
  }),
  dropTable: defineRoute({
    id: 'structure.drop-table',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables/:table',
    summary: 'Deletes an internal table and its rows, in every environment. `confirm` repeats its name.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact(oneTable),
    query: exact({ confirm: freeText }),
    response: schemaReply,
  }),
  addColumn: defineRoute({
    id: 'structure.add-column',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables/:table/columns',
    summary: 'Adds a column.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact(oneTable),
    body: exact({ field }),
    response: schemaReply,
  }),
  changeColumn: defineRoute({
    id: 'structure.change-column',
    method: 'PATCH',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables/:table/columns/:column',
    summary: 'Renames a column or changes its rules.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact({ ...oneTable, column: freeText }),
    body: exact({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })), field: Type.Optional(field) }),
    response: schemaReply,
  }),
  dropColumn: defineRoute({
    id: 'structure.drop-column',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/data-sources/:dataSource/structure/tables/:table/columns/:column',
    summary: 'Deletes a column and its values.',
    access: { kind: 'workspace', action: 'structure.manage' },
    params: exact({ ...oneTable, column: freeText }),
    response: schemaReply,
  }),
} as const;
