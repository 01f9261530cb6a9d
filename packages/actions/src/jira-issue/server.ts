import { isJsonObject } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { addressBelow, sendJson, textAt } from '../http/send-json.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';

/** See {@link jiraIssueManifest}. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues */
export const action: FlowActionImplementation = {
  describe: ({ project }) => `Open an issue in project ${optionalText(project) ?? 'of Jira'}`,
  async run(context) {
    const { settings, secrets, signal } = context;
    signal.throwIfAborted();
    const site = requiredText(settings['site'], 'Give the address of the Jira site.');
    const user = requiredText(settings['user'], 'Give the e-mail address that the token belongs to.');
    const token = required(secrets['token'], 'Choose the stored secret with the API token.');
    const text = optionalText(settings['text']);
    const labels = listOf<string>(settings['labels']);
    const { body } = await sendJson(context, {
      url: addressBelow(site, 'rest', 'api', '3', 'issue'),
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` },
      service: 'Jira',
      user,
      json: {
        fields: {
          ...(isJsonObject(settings['fields']) ? settings['fields'] : {}),
          project: { key: requiredText(settings['project'], 'Give the key of the project.') },
          issuetype: { name: optionalText(settings['issueType']) ?? 'Task' },
          summary: requiredText(settings['title'], 'Write the summary.').replaceAll(/\s+/g, ' ').slice(0, 255),
          ...(text === undefined ? {} : { description: documentOf(text) }),
          ...(labels.length === 0 ? {} : { labels }),
        },
      },
    });
    const key = textAt(body, 'key');
    return { key, id: textAt(body, 'id'), url: addressBelow(site, 'browse', key) };
  },
};

/** Plain text in the Atlassian Document Format: a paragraph per block of lines. */
function documentOf(text: string) {
  const paragraphs = text.split(/\n{2,}/).map((block) => block.trim());
  return {
    type: 'doc',
    version: 1,
    content: paragraphs
      .filter((block) => block !== '')
      .map((block) => ({ type: 'paragraph', content: [{ type: 'text', text: block }] })),
  };
}
