import { AppError, decodeText, guessText, inputError, knownEncoding } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import { Type } from 'typebox';
import { optionalText, required, requiredText } from '../required.ts';
import { fileIdOf } from './file-content.ts';

/** Longest text that a step reads or writes, in characters. */
export const maxCharacters = 20_000_000;
/** Up to here work on a text is done at once; above it, beside the server's thread. */
export const smallCharacters = 100_000;

/** The text that a step is given as the setting `text`, or in a file. `what` is what it holds, such as "JSON". */
export async function givenText({ settings, files }: FlowActionContext, what: string): Promise<string> {
  const given = optionalText(settings['text']);
  if (given !== undefined) return withinLimit(given, what);
  const file = await files.read(fileIdOf(required(settings['file'], `Give the ${what} as text or as a file.`)));
  return withinLimit(textOf(file.bytes, settings['encoding'], what), what);
}

/** The encodings that files are read in, by what a step's setting calls them. */
export const encodingLabels = {
  auto: 'Found out',
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'windows-1252': 'Western European (Windows-1252)',
  'windows-1250': 'Central European (Windows-1250)',
  'windows-1251': 'Cyrillic (Windows-1251)',
  shift_jis: 'Japanese (Shift JIS)',
  gb18030: 'Chinese (GB 18030)',
} as const;

function textOf(bytes: Uint8Array, setting: unknown, what: string): string {
  if (typeof setting !== 'string' || setting === 'auto') {
    const declared = declaredIn(bytes);
    return (declared === undefined ? undefined : decodeText(bytes, declared)) ?? guessText(bytes);
  }
  const text = decodeText(bytes, setting);
  if (text !== undefined) return text;
  throw inputError({
    code: 'action.encoding-wrong',
    message: `The ${what} is not written in ${encodingLabels[setting as keyof typeof encodingLabels] ?? setting}.`,
    hint: 'Choose the encoding that the program uses which wrote it, or let it be found out.',
  });
}

/** The encoding that an XML document says it is written in, where that is none of Unicode: those are known by their bytes. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  const encoding = named === undefined ? undefined : knownEncoding(named);
  return encoding?.startsWith('utf-') === true ? undefined : encoding;
}

/** The same text, or an error when it is too long for a step. */
export function withinLimit(text: string, what: string): string {
  if (text.length <= maxCharacters) return text;
  throw new AppError('too-large', {
    code: 'action.text-too-large',
    message: `The ${what} has more than ${maxCharacters} characters.`,
    hint: 'Split it.',
  });
}

/** What {@link giveText} answers, as the manifest's output. */
export const writtenTextSchema = {
  text: Type.String({ description: 'Empty when it was stored as a file.' }),
  file: Type.Union([
    Type.Object({ id: Type.String(), name: Type.String(), type: Type.String(), size: Type.Integer() }),
    Type.Null(),
  ]),
};

/** Gives a text that a step made: as its output, or stored as a file when the setting `to` says so. */
export async function giveText(context: FlowActionContext, made: { readonly text: string; readonly type: string }) {
  const { settings, files, signal } = context;
  signal.throwIfAborted();
  if (settings['to'] !== 'file') return { text: made.text, file: null };
  const name = requiredText(settings['name'], 'Give the file a name.').replaceAll(/[\\/\0]/g, '_');
  const bytes = new TextEncoder().encode(made.text);
  const id = await files.write({ name, type: made.type, bytes });
  return { text: '', file: { id, name, type: made.type, size: bytes.length } };
}

/** In one line, for dry runs, what {@link giveText} would store. */
export function describeStored({ to, name }: FlowActionContext['settings']): string {
  if (to !== 'file') return 'Write a text';
  return `Store the file ${(optionalText(name) ?? 'without a name').replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}
