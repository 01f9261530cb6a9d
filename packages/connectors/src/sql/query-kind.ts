import { Type } from 'typebox';
import { setting, type QueryKind } from '@fettle/sdk';

/** Longest statement of a custom query. */
export const maxSqlLength = 100_000;

/** A custom query in SQL. */
export const sqlQueryKind: QueryKind = {
  id: 'sql',
  title: 'SQL',
  settings: Type.Object(
    {
      sql: setting(Type.String({ minLength: 1, maxLength: maxSqlLength }), {
        title: 'SQL',
        description: 'One statement. {{ }} becomes a bound parameter.',
        ui: { editor: 'sql' },
      }),
    },
    { additionalProperties: false },
  ),
};
