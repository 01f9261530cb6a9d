import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings } from '../inputs/field-settings.ts';

/** A date, a time, or both. A date never moves to another day. */
export const dateInputManifest = defineComponent({
  id: 'core/date-input',
  version: 1,
  title: 'Date input',
  description: 'A date, a time, or both. A date never moves to another day.',
  icon: 'calendar',
  category: 'Inputs',
  keywords: ['time', 'datetime', 'calendar', 'day'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    kind: choice(['date', 'datetime', 'time'], {
      title: 'Kind',
      default: 'date',
      labels: { date: 'Date', datetime: 'Date and time', time: 'Time' },
      ui: { editor: 'segmented', section: 'Field', bindable: false },
    }),
    defaultValue: setting(Type.String(), {
      title: 'Default value',
      description: 'For example {{ today() }}.',
      default: '',
      ui: { section: 'Field' },
    }),
    min: setting(Type.String(), { title: 'Earliest', default: '', ui: { section: 'Rules', advanced: true } }),
    max: setting(Type.String(), { title: 'Latest', default: '', ui: { section: 'Rules', advanced: true } }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
});
