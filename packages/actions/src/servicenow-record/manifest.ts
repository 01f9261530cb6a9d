import { defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { shortText } from '../services/settings.ts';

/** Adds a record to a table of ServiceNow. */
export const servicenowRecordManifest = defineFlowAction({
  id: 'core/servicenow-record',
  version: 1,
  title: 'ServiceNow record',
  description: 'Adds an incident, or a record of another table, to ServiceNow.',
  icon: 'lifebuoy',
  category: 'Services',
  keywords: ['incident', 'ticket', 'itsm', 'change'],
  effect: 'outside',
  summary: 'table',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    instance: shortText('Instance', { placeholder: 'https://example.service-now.com' }),
    user: shortText('User'),
    password: secretSetting({ title: 'Password' }),
    table: shortText('Table', { default: 'incident' }),
    values: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()), {
        title: 'Values',
        description: 'By column, such as short_description and urgency.',
        ui: { editor: 'json' },
      }),
    ),
  }),
  output: Type.Object({ id: Type.String(), number: Type.String(), record: Type.Unknown() }),
  sample: { id: '9d385017c611228701d22104cc95c371', number: 'INC0010001', record: {} },
});
