import { AppError } from '@fettle/base';
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
  return withinLimit(new TextDecoder().decode(file.bytes), what);
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
