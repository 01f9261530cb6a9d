import { inputError } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { optionalText, requiredText } from '../required.ts';

/** See {@link writeFileManifest}. */
export const action: FlowActionImplementation = {
  describe: ({ name }) => `Store the file ${(optionalText(name) ?? 'without a name').slice(0, 200)}`,
  async run({ settings, files, signal }) {
    signal.throwIfAborted();
    const name = requiredText(settings['name'], 'Give the file a name.').replaceAll(/[\\/\0]/g, '_');
    const type = optionalText(settings['type']) ?? 'text/plain';
    const content = optionalText(settings['content']) ?? '';
    const bytes = settings['from'] === 'base64' ? fromBase64(content) : new TextEncoder().encode(content);
    const id = await files.write({ name, type, bytes });
    return { id, name, type, size: bytes.length };
  },
};

function fromBase64(text: string): Uint8Array {
  if (/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return Buffer.from(text, 'base64');
  throw inputError({
    code: 'action.base64-invalid',
    message: 'The content is not base64.',
    hint: 'Give it as text, or look where it comes from.',
  });
}
