import { Type } from 'typebox';
import { fieldTypes, type FieldSpecification } from '@fettle/sdk';

const exact = { additionalProperties: false } as const;
const tableName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,54}$' });
const columnName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,59}$' });

const fieldSchema = Type.Object(
  {
    name: columnName,
    type: Type.Unsafe<FieldSpecification['type']>({ type: 'string', enum: [...fieldTypes] }),
    required: Type.Optional(Type.Boolean()),
    unique: Type.Optional(Type.Boolean()),
    default: Type.Optional(Type.Unknown()),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 500, uniqueItems: true }),
    ),
    target: Type.Optional(tableName),
    scale: Type.Optional(Type.Integer({ minimum: 0, maximum: 18 })),
  },
  exact,
);

/** `tables.json`: the tables that a template brings, in the order in which they are made. */
export const templateTablesSchema = Type.Object(
  {
    tables: Type.Array(
      Type.Object(
        {
          name: tableName,
          title: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
          fields: Type.Array(fieldSchema, { minItems: 1, maxItems: 100 }),
        },
        exact,
      ),
      { minItems: 1, maxItems: 40 },
    ),
  },
  exact,
);

/** A table as a template states it. */
export interface TemplateTable {
  readonly name: string;
  readonly title?: string;
  readonly fields: readonly FieldSpecification[];
}
