import { Type, type Static, type TSchema } from 'typebox';
import { sortSchema, workspaceRoles, type Filter } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { AggregateResult, Expand, ListResult, QueryResult, Row, RowKey } from '@fettle/sdk';

/** An object with no other properties than these. */
export const exact = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** An id in a path or body. */
export const id = Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z0-9_.\\-]+$' });
/** A table id or row key: any text. */
export const freeText = Type.String({ minLength: 1, maxLength: 600 });
/** An instant, ISO 8601 in UTC. */
export const instant = Type.String({ format: 'date-time' });
/** An e-mail address, compared without case. */
export const email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' });
/** A new password. */
export const newPassword = Type.String({ minLength: 10, maxLength: 200 });
/** A title given by a person. */
export const title = Type.String({ minLength: 1, maxLength: 100 });
/** One of these texts. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });
/** See `workspaceRoles`. */
export const workspaceRole = oneOf(workspaceRoles);
/** The environments of a workspace. */
export const environment = oneOf(['development', 'production']);
/** One of {@link environment}. */
export type Environment = Static<typeof environment>;

/** Any JSON object whose exact shape another schema or check decides. */
export const openObject = Type.Record(Type.String(), Type.Unknown());
/** Rows and keys as data. */
export const row = Type.Unsafe<Row>({ type: 'object' });
/** See {@link row}. */
export const rowKey = Type.Unsafe<RowKey>({ type: 'object' });
const filter = Type.Unsafe<Filter>({ type: 'object' });
const expand = Type.Unsafe<Expand>({ type: 'object' });
const json = Type.Unsafe<Json>({});
const column = Type.String({ minLength: 1, maxLength: 260 });
const columns = Type.Array(column, { maxItems: 1000 });

/** Body of a list call. */
export const listBody = exact({
  columns: Type.Optional(columns),
  expand: Type.Optional(expand),
  filter: Type.Optional(filter),
  search: Type.Optional(exact({ text: Type.String({ maxLength: 500 }), columns: Type.Optional(columns) })),
  sort: Type.Optional(Type.Array(sortSchema, { maxItems: 10 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 8000 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  total: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('exact'), Type.Literal('estimated')])),
});
/** Reply of a list call. */
export const listReply = Type.Unsafe<ListResult>({ type: 'object' });
/** Body of a read call. */
export const readBody = exact({ key: rowKey, columns: Type.Optional(columns), expand: Type.Optional(expand) });
/** Body of a create call. */
export const createBody = exact({ rows: Type.Array(row, { minItems: 1, maxItems: 1000 }) });
/** Body of an update call. */
export const updateBody = exact({
  changes: Type.Array(exact({ key: rowKey, values: row, expected: Type.Optional(row) }), {
    minItems: 1,
    maxItems: 1000,
  }),
});
/** Body of a delete call. */
export const deleteBody = exact({ keys: Type.Array(rowKey, { minItems: 1, maxItems: 1000 }) });
/** Rows as stored. */
export const rowsReply = exact({ rows: Type.Array(row) });
/** Body of an aggregate call. */
export const aggregateBody = exact({
  filter: Type.Optional(filter),
  groupBy: Type.Array(
    exact({
      column,
      bucket: Type.Optional(oneOf(['year', 'quarter', 'month', 'week', 'day', 'hour'])),
    }),
    { maxItems: 5 },
  ),
  measures: Type.Array(
    exact({
      name: column,
      function: oneOf(['count', 'countDistinct', 'sum', 'average', 'minimum', 'maximum']),
      column: Type.Optional(column),
    }),
    { minItems: 1, maxItems: 10 },
  ),
  sort: Type.Optional(Type.Array(sortSchema, { maxItems: 5 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
/** Reply of an aggregate call. */
export const aggregateReply = Type.Unsafe<AggregateResult>({ type: 'object' });
/** Body of a query run: parameter values by name. */
export const runQueryBody = exact({ parameters: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), json)) });
/** Reply of a query run. */
export const queryReply = Type.Unsafe<QueryResult>({ type: 'object' });
/** A stored file. */
export const storedFile = exact({ id, name: Type.String(), size: Type.Integer(), type: Type.String() });
