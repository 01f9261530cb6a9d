import { columnTypes } from '@fettle/sdk';
import { Type, type TSchema } from 'typebox';

// Answers of connectors of plugins, as far as the server and apps rely on them.
const text = Type.String({ maxLength: 1000 });
const name = Type.String({ minLength: 1, maxLength: 260 });
const names = Type.Array(name, { maxItems: 2000 });
const row = Type.Record(Type.String({ maxLength: 260 }), Type.Unknown());

const column = Type.Object({
  name,
  type: Type.Enum([...columnTypes]),
  nativeType: text,
  nullable: Type.Boolean(),
  hasDefault: Type.Boolean(),
  generated: Type.Boolean(),
  maxLength: Type.Optional(Type.Integer()),
  options: Type.Optional(Type.Array(text, { maxItems: 2000 })),
  comment: Type.Optional(Type.String({ maxLength: 10_000 })),
});
const relation = Type.Object({
  name,
  kind: Type.Enum(['one', 'many']),
  table: name,
  columns: names,
  foreignColumns: names,
});
const table = Type.Object({
  id: name,
  name,
  kind: Type.Enum(['table', 'view']),
  columns: Type.Array(column, { minItems: 1, maxItems: 2000 }),
  primaryKey: names,
  uniqueKeys: Type.Array(names, { maxItems: 100 }),
  relations: Type.Array(relation, { maxItems: 500 }),
  labelColumn: Type.Optional(name),
  comment: Type.Optional(Type.String({ maxLength: 10_000 })),
  writable: Type.Boolean(),
});

/** A structure. */
export const schemaShape: TSchema = Type.Object({
  tables: Type.Array(table, { maxItems: 5000 }),
  warnings: Type.Array(text, { maxItems: 1000 }),
});
/** Rows. */
export const rowsShape: TSchema = Type.Array(row, { maxItems: 5000 });
/** A row, or none. */
export const rowShape: TSchema = Type.Union([row, Type.Null()]);
/** A page of rows. */
export const listShape: TSchema = Type.Object({
  rows: rowsShape,
  next: Type.Optional(Type.String({ maxLength: 8000 })),
  total: Type.Optional(Type.Integer({ minimum: 0 })),
  isEstimate: Type.Optional(Type.Boolean()),
});
/** Groups with their measures. */
export const aggregateShape: TSchema = Type.Object({ rows: rowsShape, truncated: Type.Boolean() });
/** The result of a query. */
export const queryShape: TSchema = Type.Object({
  data: Type.Unknown(),
  truncated: Type.Boolean(),
  durationMs: Type.Number(),
});
