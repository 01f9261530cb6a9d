import { Type, type Static } from 'typebox';
import { filterSchema, sortSchema } from '@fettle/access';
import { bindableText, idSchema } from './common.ts';

/**
 * Where a component takes its rows from: the value of settings whose editor is `data`. The server reads table
 * references from these to know what a role may read, so a table is always named here and never by a binding.
 */
export const dataSettingSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('table'),
      dataSource: idSchema,
      table: Type.String({ minLength: 1, maxLength: 260 }),
      /** Values may be bindings. */
      filter: Type.Optional(filterSchema),
      sort: Type.Optional(Type.Array(sortSchema, { maxItems: 10 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('query'),
      query: idSchema,
      /** Parameter values by name; may be bindings. */
      parameters: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown())),
      /** Where the rows are in the query's data, e.g. `items`. */
      path: Type.Optional(Type.String({ maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('rows'), rows: bindableText }, { additionalProperties: false }),
]);

/** See {@link dataSettingSchema}. */
export type DataSetting = Static<typeof dataSettingSchema>;

/** The part of {@link DataSetting} that names a table. */
export type TableData = Extract<DataSetting, { kind: 'table' }>;

/** How definitions, access plans and addresses name a table of a data source. */
export function tableReference(dataSource: string, table: string): string {
  return `${dataSource}/${table}`;
}
