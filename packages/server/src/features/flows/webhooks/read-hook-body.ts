import { charsetOf, decodeText, type Json } from '@fettle/base';
import { parseJson } from '../../../http/parse-json.ts';
import { HookFields, type HookBody } from './hook-body.ts';
import { readMultipart } from './read-multipart.ts';

const mostFields = 1_000;

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
