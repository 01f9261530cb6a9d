import { Type, type TProperties } from 'typebox';
import { defineRoute, type RouteAccess } from '../route.ts';
import {
  aggregateBody,
  aggregateReply,
  createBody,
  deleteBody,
  exact,
  freeText,
  id,
  listBody,
  listReply,
  readBody,
  row,
  rowsReply,
  storedFile,
  updateBody,
} from '../schemas.ts';

/** What differs between the three places that serve rows: a data source, a draft, a release. */
interface DataRoutesOptions<P extends TProperties, Q extends TProperties> {
  readonly id: string;
  /** Path up to the table, e.g. `/api/run/:app/tables/:dataSource/:table`. */
  readonly path: string;
  readonly params: P;
  /** Query parameters that every route takes. */
  readonly query: Q;
  readonly access: (verb: 'view' | 'create' | 'update' | 'delete') => RouteAccess;
}

/** The routes that work on the rows of a table: the same verbs and shapes wherever rows are served. */
export function defineTableRoutes<P extends TProperties, Q extends TProperties>(options: DataRoutesOptions<P, Q>) {
  const { id: prefix, path, params: place, access } = options;
  const params = exact(place);
  const query = exact(options.query);
  return {
    list: defineRoute({
      id: `${prefix}.list`,
      method: 'POST',
      path: `${path}/list`,
      summary: 'A page of rows.',
      access: access('view'),
      params,
      query,
      body: listBody,
      response: listReply,
    }),
    get: defineRoute({
      id: `${prefix}.get`,
      method: 'GET',
      path: `${path}/rows/:key`,
      summary: 'One row by its key: the value, or a JSON list of values for composite keys.',
      access: access('view'),
      params: exact({ ...place, key: freeText }),
      query,
      response: exact({ row }),
    }),
    read: defineRoute({
      id: `${prefix}.read`,
      method: 'POST',
      path: `${path}/read`,
      summary: 'One row by its key, with chosen columns and related rows.',
      access: access('view'),
      params,
      query,
      body: readBody,
      response: exact({ row }),
    }),
    create: defineRoute({
      id: `${prefix}.create`,
      method: 'POST',
      path: `${path}/create`,
      summary: 'Makes rows, all or none.',
      access: access('create'),
      params,
      query,
      body: createBody,
      response: rowsReply,
      maxBodyBytes: 10 * 1024 * 1024,
    }),
    update: defineRoute({
      id: `${prefix}.update`,
      method: 'POST',
      path: `${path}/update`,
      summary: 'Changes rows, all or none; a row that changed meanwhile answers 409 with both versions.',
      access: access('update'),
      params,
      query,
      body: updateBody,
      response: rowsReply,
      maxBodyBytes: 10 * 1024 * 1024,
    }),
    delete: defineRoute({
      id: `${prefix}.delete`,
      method: 'POST',
      path: `${path}/delete`,
      summary: 'Deletes rows, all or none.',
      access: access('delete'),
      params,
      query,
      body: deleteBody,
      response: exact({ deleted: Type.Integer() }),
    }),
    aggregate: defineRoute({
      id: `${prefix}.aggregate`,
      method: 'POST',
      path: `${path}/aggregate`,
      summary: 'Groups and measures.',
      access: access('view'),
      params,
      query,
      body: aggregateBody,
      response: aggregateReply,
    }),
    export: defineRoute({
      id: `${prefix}.export`,
      method: 'GET',
      path: `${path}/export`,
      summary: 'All matching rows as CSV, streamed. `request` is the JSON of a list body.',
      access: access('view'),
      params,
      query: exact({ ...options.query, request: Type.Optional(Type.String({ maxLength: 8000 })) }),
      transfer: 'download',
    }),
  } as const;
}

/** Uploading and reading attachment files. */
export function defineFileRoutes<P extends TProperties, Q extends TProperties>(options: {
  readonly id: string;
  readonly path: string;
  readonly params: P;
  readonly query: Q;
  readonly access: (verb: 'upload' | 'download') => RouteAccess;
}) {
  const params = exact(options.params);
  const query = exact(options.query);
  return {
    upload: defineRoute({
      id: `${options.id}.upload`,
      method: 'POST',
      path: options.path,
      summary: 'Stores a file for an attachment column (multipart, one file).',
      access: options.access('upload'),
      params,
      query,
      response: exact({ file: storedFile }),
      transfer: 'upload',
      maxBodyBytes: 50 * 1024 * 1024,
    }),
    download: defineRoute({
      id: `${options.id}.download`,
      method: 'GET',
      path: `${options.path}/:file`,
      summary: 'A stored file, always as a download unless it is a safe image.',
      access: options.access('download'),
      params: exact({ ...options.params, file: id }),
      query,
      transfer: 'download',
    }),
  } as const;
}
