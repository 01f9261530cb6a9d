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

/** The row a step works on: a row, its key value, or key values by column. */
export function keySetting(description: string) {
  return Type.Optional(
    setting(Type.Unknown(), {
      title: 'Row',
      description,
      ui: { editor: 'expression', placeholder: '{{ trigger.row }}' },
    }),
  );
}

/** Which rows. Values may be bindings. */
export function filterSetting() {
  return Type.Optional(setting(Type.Unknown(), { title: 'Only rows where', ui: { editor: 'filter', of: 'data' } }));
}

/** The order of rows. */
export function sortSetting() {
  return Type.Optional(
    setting(
      Type.Array(
        Type.Object({
          column: Type.String({ maxLength: 260 }),
          direction: Type.Union([Type.Literal('ascending'), Type.Literal('descending')]),
        }),
        { maxItems: 10 },
      ),
      { title: 'Order', ui: { editor: 'sort', of: 'data' } },
    ),
  );
}

/** Columns to read; all when none is named. */
export function columnsSetting() {
  return Type.Optional(
    setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 500 }), {
      title: 'Columns',
      description: 'All when none is chosen.',
      ui: { editor: 'columnList', of: 'data', advanced: true },
    }),
  );
}

/** Schema of a row in outputs. */
export const rowSchema = Type.Record(Type.String(), Type.Unknown());
