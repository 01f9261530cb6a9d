import { defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Opens an issue in Jira Cloud. */
export const jiraIssueManifest = defineFlowAction({
  id: 'core/jira-issue',
  version: 1,
  title: 'Jira issue',
  description: 'Opens an issue in a project of Jira Cloud.',
  icon: 'ticket',
  category: 'Services',
  keywords: ['ticket', 'atlassian', 'bug', 'task'],
  effect: 'outside',
  summary: 'title',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    site: shortText('Site', { placeholder: 'https://example.atlassian.net' }),
    user: shortText('User', { description: 'The e-mail address that the token belongs to.' }),
    token: secretSetting({ title: 'API token' }),
    project: shortText('Project', { placeholder: 'OPS' }),
    issueType: shortText('Type', { default: 'Task' }),
    title: shortText('Summary'),
    text: longText('Description'),
    labels: Type.Optional(setting(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 50 }), { title: 'Labels' })),
    fields: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()), {
        title: 'More fields',
        description: 'As the API names them, such as customfield_10010.',
        ui: { editor: 'json', advanced: true },
      }),
    ),
  }),
  output: Type.Object({ key: Type.String(), id: Type.String(), url: Type.String() }),
  sample: { key: 'OPS-12', id: '10012', url: 'https://example.atlassian.net/browse/OPS-12' },
});
