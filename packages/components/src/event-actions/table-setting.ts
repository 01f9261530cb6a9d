import { idSchema, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A setting that names a table of a data source. */
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

/** Column values by name; each may be a binding. */
export function valuesSetting(title: string) {
  return Type.Optional(
    setting(Type.Record(Type.String({ maxLength: 260 }), Type.Unknown()), {
      title,
      ui: { editor: 'values', of: 'data' },
    }),
  );
}

/** The key of one row, as a value, a row, or values by column. */
export function keySetting(description: string) {
  return Type.Optional(
    setting(Type.Unknown(), {
      title: 'Row',
      description,
      ui: { editor: 'expression', placeholder: '{{ components.table.selectedRow }}' },
    }),
  );
}
