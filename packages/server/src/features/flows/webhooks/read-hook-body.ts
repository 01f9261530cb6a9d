import { charsetOf, decodeText, inputError, type Json } from '@fettle/base';
import { parseJson } from '../../../http/parse-json.ts';
import { readMultipart } from './read-multipart.ts';

const mostFields = 1_000;

/** A file in a body. `place` is where the body has it: whoever stores the file writes down there what was stored. */
export interface HookFile {
  readonly bytes: Buffer;
  readonly place: { id?: string; name: string; size: number; type: string };
}

/** The body of a webhook as a value, and the files in it. */
export interface HookBody {
  readonly body: Json;
  readonly files: readonly HookFile[];
}

/**
 * The body of a webhook: JSON and forms as what they say, files of forms and what is no text as files, everything else as
 * text; null when there is none.
 */
export async function readHookBody(type: string | undefined, bytes: Buffer): Promise<HookBody> {
  if (bytes.length === 0) return { body: null, files: [] };
  const kind = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (kind === 'application/json' || kind.endsWith('+json'))
    return { body: parseJson(bytes.toString('utf8')) as Json, files: [] };
  if (kind === 'application/x-www-form-urlencoded') return readForm(bytes.toString('utf8'));
  if (kind === 'multipart/form-data') return readMultipart(type ?? '', bytes, mostFields);
  const text = decodeText(bytes, charsetOf(type)) ?? decodeText(bytes);
  if (text !== undefined) return { body: text, files: [] };
  const file = { bytes, place: { name: 'body', size: bytes.length, type: kind } };
  return { body: file.place, files: [file] };
}

function readForm(text: string): HookBody {
  const fields = new HookFields(mostFields);
  for (const [name, value] of new URLSearchParams(text)) fields.add(name, value);
  return { body: fields.value(), files: [] };
}

/** Fields by name; a name that stands there more than once has a list. */
export class HookFields {
  readonly #most: number;
  readonly #fields = new Map<string, Json[]>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(name: string, value: Json): void {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype')
      throw inputError({ code: 'body.forbidden-key', message: `The body may not have a field named "${name}".` });
    const before = this.#fields.get(name);
    if (before === undefined) this.#fields.set(name, [value]);
    else before.push(value);
    this.#count += 1;
    if (this.#count > this.#most)
      throw inputError({ code: 'body.too-many-fields', message: `The body has more than ${this.#most} fields.` });
  }

  value(): Json {
    return Object.fromEntries(
      [...this.#fields].map(([name, values]) => [name, values.length === 1 ? (values[0] as Json) : values]),
    );
  }
}

// What proves who sent it, what names the sender's way here, and what is of this connection only.
const withheld =
  /^(authorization|cookie|proxy-.*|x-forwarded-.*|forwarded|connection|host|content-length|transfer-encoding|.*signature.*|.*token.*|x-api-key)$/;

/** Headers as a flow may see them. */
export function visibleHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  secretHeaders: readonly string[],
): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || withheld.test(name) || secretHeaders.includes(name)) continue;
    shown[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return shown;
}
