import type { Json } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import type { Pair } from '../http/settings.ts';
import { listOf, optionalText } from '../required.ts';

/** See {@link respondWebhookManifest}. */
export const action: FlowActionImplementation = {
  describe: (settings) => `Answer with status ${optionalText(settings['status']) ?? '200'}`,

  async run({ settings, platform, signal, log }) {
    signal.throwIfAborted();
    const { body, type } = contentOf(settings);
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    for (const { name, value } of listOf<Pair>(settings['headers'])) {
      headers[name.toLowerCase()] = optionalText(value) ?? '';
    }
    const answered = await platform.respond({ status: Number(settings['status'] ?? 200), headers, body });
    if (!answered) log('warn', 'Nobody waits for this answer: it was given already, or the request has gone.');
    return { answered };
  },
};

function contentOf(settings: FlowActionContext['settings']): { body: Json; type?: string } {
  const kind = settings['bodyType'] ?? 'json';
  if (kind === 'none') return { body: null };
  if (kind === 'text') return { body: optionalText(settings['text']) ?? '', type: 'text/plain; charset=utf-8' };
  return { body: settings['json'] ?? null, type: 'application/json' };
}
