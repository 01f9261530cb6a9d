import { idSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { setting } from './manifest.ts';

/**
 * A row of the table that a setting names (a data setting, or data source and table), for what a component exposes, an
 * event or trigger brings and an action gives: expressions are checked against its columns.
 */
export function rowOf(name: string) {
  return Type.Record(Type.String(), Type.Unknown(), { rowOf: name });
}

/** A setting `data` that names a table of a data source. */
export function tableSetting() {
  return Type.Optional(
    setting(
      Type.Object(
        { dataSource: idSchema, table: Type.String({ minLength: 1, maxLength: 260 }) },
        { additionalProperties: false },
      ),
      { title: 'Table', ui: { editor: 'table', bindable: false } },
    ),
  );
}

/** Column values by name, of the table that the setting `data` names; each may be a binding. */
export function valuesSetting(title: string) {
  return Type.Optional(
    setting(Type.Record(Type.String({ maxLength: 260 }), Type.Unknown()), {
      title,
      ui: { editor: 'values', of: 'data' },
    }),
  );
}

/** One row: a row, its key value, or key values by column. `placeholder`: a binding as an example. */
export function keySetting(description: string, placeholder: string) {
  return Type.Optional(
    setting(Type.Unknown(), { title: 'Row', description, ui: { editor: 'expression', placeholder } }),
  );
}
