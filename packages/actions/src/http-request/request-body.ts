import { inputError, type Json } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import type { Pair } from '../http/settings.ts';
import { listOf, optionalText, required } from '../required.ts';
import { fileIdOf } from '../services/file-content.ts';

/** Largest body with files that is sent. */
const maxBytes = 50_000_000;

/** What a request carries, and what it is. */
export interface RequestBody {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** The body that the settings describe; undefined: none. */
export async function bodyToSend(context: FlowActionContext): Promise<RequestBody | undefined> {
  const { settings } = context;
  switch (settings['bodyType']) {
    case 'json':
      return { type: 'application/json', body: jsonText(settings['json'] ?? null) };
    case 'text':
      return {
        type: optionalText(settings['contentType']) ?? 'text/plain; charset=utf-8',
        body: optionalText(settings['text']) ?? '',
      };
    case 'form':
      return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fieldsOf(settings)).toString() };
    case 'multipart':
      return multipartBody(context);
    case 'file': {
      const { type, bytes } = await readFile(context, settings['file']);
      return { type, body: bytes };
    }
    default:
      return undefined;
  }
}

function fieldsOf(settings: FlowActionContext['settings']): [string, string][] {
  return listOf<Pair>(settings['form']).map(({ name, value }) => [name, optionalText(value) ?? '']);
}

async function multipartBody(context: FlowActionContext): Promise<RequestBody> {
  const { settings } = context;
  const form = new FormData();
  for (const [name, value] of fieldsOf(settings)) form.append(name, value);
  const field = optionalText(settings['fileField']) ?? 'file';
  const given = settings['file'] ?? null;
  let size = 0;
  for (const one of Array.isArray(given) ? (given as readonly Json[]) : given === null ? [] : [given]) {
    // oxlint-disable-next-line no-await-in-loop
    const { name, type, bytes } = await readFile(context, one);
    size += bytes.length;
    if (size > maxBytes) throw tooLarge();
    form.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name);
  }
  // The platform writes the parts, with a boundary that is in none of them and names that are escaped.
  const written = new Response(form);
  return {
    type: written.headers.get('content-type') ?? '',
    body: new Uint8Array(await written.arrayBuffer()),
  };
}

async function readFile({ files }: FlowActionContext, value: unknown) {
  const file = await files.read(fileIdOf(required(value as Json | undefined, 'Choose the file to send.')));
  if (file.bytes.length > maxBytes) throw tooLarge();
  return file;
}

const tooLarge = () =>
  inputError({
    code: 'http.body-too-large',
    message: `The files have more than ${maxBytes / 1_000_000} MB together.`,
    hint: 'Send fewer at once.',
  });

/** JSON text is sent as it was written; anything else is written as JSON. */
function jsonText(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}
