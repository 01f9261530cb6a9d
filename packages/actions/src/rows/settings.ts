import { rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';

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

/** Schema of a row in outputs: of the table that the setting `data` names. */
export const rowSchema = rowOf('data');
