import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { destinationSettings, shortText } from '../services/settings.ts';
import { writtenTextSchema } from '../services/stored-text.ts';

/** Writes a value as XML. */
export const buildXmlManifest = defineFlowAction({
  id: 'core/build-xml',
  version: 1,
  title: 'Write XML',
  description: 'Writes a value as XML: members become elements, @name attributes, #text text, lists repeated elements.',
  icon: 'file-type-xml',
  category: 'Transform',
  keywords: ['export', 'soap', 'serialize'],
  effect: 'none',
  effectWhen: [{ setting: 'to', in: ['file'], effect: 'outside' }],
  settings: Type.Object({
    root: shortText('Outer element', { placeholder: 'orders' }),
    value: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Value',
        description: 'An object, or a list.',
        ui: { editor: 'expression', placeholder: '{{ steps.find.output.rows }}' },
      }),
    ),
    item: shortText('Element of a list', { description: 'When the value is a list.', default: 'item' }),
    indent: Type.Optional(setting(Type.Boolean(), { title: 'Indented', default: true, ui: { bindable: false } })),
    ...destinationSettings('orders.xml'),
  }),
  output: Type.Object(writtenTextSchema),
  sample: { text: '<?xml version="1.0" encoding="UTF-8"?>\n<order id="7"/>\n', file: null },
});
