import { setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Settings that every input shares. */
export const fieldSettings = {
  field: setting(Type.String({ maxLength: 128 }), {
    title: 'Field',
    description: 'Inside a form: the column or name that the value is saved under. The component’s name when empty.',
    default: '',
    ui: { section: 'Field', bindable: false, placeholder: 'column' },
  }),
  label: setting(Type.String({ maxLength: 200 }), { title: 'Label', default: 'Label', ui: { section: 'Field' } }),
  help: setting(Type.String({ maxLength: 500 }), { title: 'Help', default: '', ui: { section: 'Field' } }),
  required: setting(Type.Boolean(), { title: 'Required', default: false, ui: { section: 'Rules' } }),
  disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Rules' } }),
  message: setting(Type.String({ maxLength: 300 }), {
    title: 'Message',
    description: 'Said when a rule below is broken, instead of the standard words.',
    default: '',
    ui: { section: 'Rules', advanced: true },
  }),
};

/** The placeholder of inputs that can show one. */
export const placeholderSetting = setting(Type.String({ maxLength: 200 }), {
  title: 'Placeholder',
  default: '',
  ui: { section: 'Field' },
});

/** What every input tells, offers and fires. */
export const fieldEvents = [{ name: 'change', title: 'Change', payload: Type.Object({ value: Type.Unknown() }) }];

/** Methods of every input. */
export const fieldMethods = [
  { name: 'setValue', title: 'Set value' },
  { name: 'clear', title: 'Clear' },
  { name: 'focus', title: 'Focus' },
];
