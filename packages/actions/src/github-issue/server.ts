import { inputError } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { addressBelow, sendJson, textAt } from '../http/send-json.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';

/** See {@link githubIssueManifest}. https://docs.github.com/rest/issues/issues#create-an-issue */
export const action: FlowActionImplementation = {
  describe: ({ repository }) => `Open an issue in ${optionalText(repository) ?? 'a repository'}`,
  async run(context) {
    const { settings, secrets, signal } = context;
    signal.throwIfAborted();
    const [owner, name, ...more] = requiredText(settings['repository'], 'Name the repository.').split('/');
    if (owner === undefined || name === undefined || name === '' || more.length > 0) {
      throw inputError({
        code: 'action.repository-invalid',
        message: 'This does not name a repository.',
        hint: 'Write owner/name.',
      });
    }
    const token = required(secrets['token'], 'Choose the stored secret with the token.');
    const { body } = await sendJson(context, {
      url: addressBelow(optionalText(settings['baseUrl']) ?? 'https://api.github.com', 'repos', owner, name, 'issues'),
      method: 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
      service: 'GitHub',
      json: {
        title: requiredText(settings['title'], 'Write the title.'),
        body: optionalText(settings['body']) ?? '',
        labels: listOf<string>(settings['labels']),
      },
    });
    return { number: Number(textAt(body, 'number')), url: textAt(body, 'html_url') };
  },
};
