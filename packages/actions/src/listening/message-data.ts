import type { Json } from '@fettle/base';
import { Type } from 'typebox';

/** A text as JSON where it is JSON, else as itself. */
export function dataOf(text: string): Json {
  const first = text.trimStart()[0];
  if (first === undefined || !/[[{"\-\dtfn]/.test(first)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What the body of a message is, for flows. */
export const bodySchema = {
  /** As JSON where it is JSON, else as text; null when it is neither. */
  data: Type.Unknown(),
  text: Type.String(),
  /** Only of a body that is no text. */
  base64: Type.Optional(Type.String()),
};

/** The body of a message. */
export function bodyOf(bytes: Uint8Array): Readonly<Record<string, Json>> {
  try {
    const text = utf8.decode(bytes);
    return { data: dataOf(text), text };
  } catch {
    return { data: null, text: '', base64: Buffer.from(bytes).toString('base64') };
  }
}

/** A member of a body by its path, such as `order.id`, as text; undefined when there is none, or when it is no value. */
export function memberOf(data: Json, path: string): string | undefined {
  let value: Json | undefined = data;
  for (const name of path.split('.'))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? ((value as Readonly<Record<string, Json>>)[name] as Json)
        : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
