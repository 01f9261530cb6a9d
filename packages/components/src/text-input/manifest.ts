import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';

/** One or several lines of text, an e-mail address, a web address or a password. */
export const textInputManifest = defineComponent({
  id: 'core/text-input',
  version: 1,
  title: 'Text input',
  description: 'One or several lines of text, an e-mail address, a web address or a password.',
  icon: 'cursor-text',
  category: 'Inputs',
  keywords: ['string', 'email', 'password', 'textarea', 'url'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    kind: choice(['text', 'longText', 'email', 'url', 'password'], {
      title: 'Kind',
      default: 'text',
      labels: { text: 'Text', longText: 'Long text', email: 'E-mail', url: 'Web address', password: 'Password' },
      ui: { editor: 'select', section: 'Field', bindable: false },
    }),
    placeholder: placeholderSetting,
    defaultValue: setting(Type.String(), { title: 'Default value', default: '', ui: { section: 'Field' } }),
    rows: setting(Type.Integer({ minimum: 2, maximum: 40 }), {
      title: 'Lines',
      default: 4,
      ui: { section: 'Field', when: { setting: 'kind', in: ['longText'] } },
    }),
    minLength: Type.Optional(
      setting(Type.Integer({ minimum: 0 }), { title: 'Shortest length', ui: { section: 'Rules', advanced: true } }),
    ),
    maxLength: Type.Optional(
      setting(Type.Integer({ minimum: 1 }), { title: 'Greatest length', ui: { section: 'Rules', advanced: true } }),
    ),
    pattern: setting(Type.String({ maxLength: 300 }), {
      title: 'Pattern',
      description: 'A regular expression for the whole text.',
      default: '',
      ui: { section: 'Rules', advanced: true, bindable: false },
    }),
  }),
  events: fieldEvents,
  exposes: { value: Type.String() },
  methods: fieldMethods,
});
