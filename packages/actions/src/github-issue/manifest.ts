import { defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Opens an issue on GitHub. */
export const githubIssueManifest = defineFlowAction({
  id: 'core/github-issue',
  version: 1,
  title: 'GitHub issue',
  description: 'Opens an issue in a repository on GitHub.',
  icon: 'brand-github',
  category: 'Services',
  keywords: ['ticket', 'bug', 'issue'],
  effect: 'outside',
  summary: 'title',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    token: secretSetting({ title: 'Token', description: 'A token that may write issues of the repository.' }),
    repository: shortText('Repository', { placeholder: 'owner/name' }),
    title: shortText('Title'),
    body: longText('Text', { description: 'Markdown.' }),
    labels: Type.Optional(setting(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 100 }), { title: 'Labels' })),
    baseUrl: shortText('Address', { default: 'https://api.github.com', advanced: true }),
  }),
  output: Type.Object({ number: Type.Integer(), url: Type.String() }),
  sample: { number: 12, url: 'https://github.com/owner/name/issues/12' },
});
