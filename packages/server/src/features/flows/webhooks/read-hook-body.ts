import { inputError, type Json } from '@fettle/base';
import { parseJson } from '../../../http/parse-json.ts';

const mostFields = 1_000;

/** The body of a webhook as a value: JSON and forms as what they say, everything else as text; null when there is none. */
export function readHookBody(type: string | undefined, bytes: Buffer): Json {
  if (bytes.length === 0) return null;
  const kind = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (kind === 'application/json' || kind.endsWith('+json')) return parseJson(bytes.toString('utf8')) as Json;
  if (kind === 'application/x-www-form-urlencoded') return readForm(bytes.toString('utf8'));
  return bytes.toString('utf8');
}

/** Fields by name; a name that stands there more than once has a list. */
function readForm(text: string): Json {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype')
      throw inputError({ code: 'body.forbidden-key', message: `The body may not have a field named "${name}".` });
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (Array.isArray(before)) before.push(value);
    else fields.set(name, [before, value]);
    if (fields.size > mostFields)
      throw inputError({ code: 'body.too-many-fields', message: `The body has more than ${mostFields} fields.` });
  }
  return Object.fromEntries(fields);
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
