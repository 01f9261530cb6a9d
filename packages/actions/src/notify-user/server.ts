import type { FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, optionalText, required, requiredText } from '../required.ts';

/** See {@link notifyUserManifest}. */
export const action: FlowActionImplementation = {
  describe: ({ to }) => `Notify ${listOf<string>(to).length} people`,
  async run({ settings, platform, idempotencyKey, signal, log }) {
    signal.throwIfAborted();
    const to = listOf<string>(settings['to']);
    required(to[0], 'Say who is told.');
    const body = optionalText(settings['body']);
    const link = optionalText(settings['link']);
    const count = await platform.notify({
      to,
      title: requiredText(settings['title'], 'Write a title.'),
      ...(body === undefined ? {} : { body }),
      ...(link === undefined ? {} : { link }),
      key: idempotencyKey,
    });
    if (count < to.length) log('warn', `${to.length - count} of ${to.length} are not in this workspace.`);
    return { count };
  },
};
