import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fileSetting, longText, pathSetting } from '../services/settings.ts';
import { maxCharacters } from '../services/stored-text.ts';

/** Reads a value from XML. */
export const parseXmlManifest = defineFlowAction({
  id: 'core/parse-xml',
  version: 1,
  title: 'Read XML',
  description: 'Reads XML text or an XML file as a value: elements by name, attributes as @name. All values are text.',
  icon: 'file-type-xml',
  category: 'Transform',
  keywords: ['parse', 'import', 'soap', 'rss', 'feed'],
  effect: 'read',
  settings: Type.Object({
    text: longText('XML', { maxLength: maxCharacters }),
    file: fileSetting('Or a file'),
    path: pathSetting('rss.channel.item'),
    asList: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Always a list',
        description: 'Also when there is one element, or none.',
        default: false,
        ui: { bindable: false },
      }),
    ),
    lists: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 }), {
        title: 'Elements that are lists',
        description: 'By name: a list wherever they stand, also when there is one.',
        ui: { advanced: true },
      }),
    ),
    withoutPrefixes: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Leave out prefixes',
        description: 'soap:Body becomes Body.',
        default: false,
        ui: { advanced: true, bindable: false },
      }),
    ),
  }),
  output: Type.Object({ value: Type.Unknown() }),
  sample: { value: { order: { '@id': '7', item: [{ name: 'Nut' }, { name: 'Bolt' }] } } },
});
