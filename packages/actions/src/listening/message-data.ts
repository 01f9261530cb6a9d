import type { Json } from '@fettle/base';

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
