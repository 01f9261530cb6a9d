import { decodeText, inputError } from '@fettle/base';
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
    const content =
      settings['as'] === 'base64' ? Buffer.from(bytes).toString('base64') : textOf(bytes, settings['encoding']);
    return { name, type, size: bytes.length, content };
  },
};

function textOf(bytes: Uint8Array, encoding: unknown): string {
  const isNamed = typeof encoding === 'string' && encoding !== 'auto';
  const text = decodeText(bytes, isNamed ? encoding : undefined);
  if (text !== undefined) return text;
  throw inputError({
    code: 'action.file-not-text',
    message: isNamed ? 'The file is not text in this encoding.' : 'The file is not text in UTF-8.',
    hint: 'Choose the encoding that it is written in, or read it as base64.',
  });
}
