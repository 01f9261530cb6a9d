import { inputError } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { fileIdOf } from '../services/file-content.ts';

const maxBytes = 20_000_000;

/** See {@link readFileManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, files, signal }) {
    signal.throwIfAborted();
    const { name, type, bytes } = await files.read(fileIdOf(settings['file']));
    if (bytes.length > maxBytes) {
      throw inputError({
        code: 'action.file-too-large',
        message: `The file has ${bytes.length} bytes; a step reads ${maxBytes} at most.`,
        hint: 'Split the file.',
      });
    }
    const content = settings['as'] === 'base64' ? Buffer.from(bytes).toString('base64') : textOf(bytes);
    return { name, type, size: bytes.length, content };
  },
};

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw inputError({
      code: 'action.file-not-text',
      message: 'The file is not text in UTF-8.',
      hint: 'Read it as base64.',
      cause,
    });
  }
}
