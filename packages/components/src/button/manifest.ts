import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { buttonLook } from '../button-look.ts';
import { iconChoice, optionalText, sizeChoice } from '../setting-kinds.ts';

/** Starts something. */
export const buttonManifest = defineComponent({
  id: 'core/button',
  version: 1,
  title: 'Button',
  description: 'Starts something when it is clicked, and shows that it is running.',
  icon: 'hand-click',
  category: 'Navigation',
  keywords: ['action', 'submit', 'click'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'Button', ui: { section: 'Content' } }),
    icon: iconChoice('Content'),
    tooltip: optionalText('Tooltip', { section: 'Content' }),
    ...buttonLook('Look'),
    size: sizeChoice({ section: 'Look', default: 'small' }),
    fullWidth: setting(Type.Boolean(), { title: 'Use the whole width', default: false, ui: { section: 'Look' } }),
    disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Behaviour' } }),
    loading: setting(Type.Boolean(), {
      title: 'Loading',
      description: 'Shown by itself while the actions of the click run.',
      default: false,
      ui: { section: 'Behaviour', advanced: true },
    }),
    confirm: setting(Type.Boolean(), { title: 'Ask before', default: false, ui: { section: 'Behaviour' } }),
    confirmTitle: optionalText('Question', {
      section: 'Behaviour',
      ui: { placeholder: 'Delete this ticket?', when: { setting: 'confirm', in: [true] } },
    }),
    confirmMessage: optionalText('What it means', {
      section: 'Behaviour',
      ui: { editor: 'multiline', when: { setting: 'confirm', in: [true] } },
    }),
  }),
  events: [{ name: 'click', title: 'Click' }],
  exposes: { isRunning: Type.Boolean() },
  methods: [{ name: 'click', title: 'Click' }],
});
