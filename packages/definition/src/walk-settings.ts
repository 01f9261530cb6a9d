import { isJsonObject } from '@fettle/base';
import { pointer } from './json-pointer.ts';

/** Calls back with every text in a JSON value and its JSON pointer, in reading order. */
export function walkTexts(value: unknown, path: string, visit: (text: string, path: string) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) value.forEach((item: unknown, index) => walkTexts(item, `${path}/${index}`, visit));
  else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) walkTexts(value[key], pointer(path, key), visit);
  }
}

/** Calls back with every object in a JSON value and its JSON pointer, outermost first. */
export function walkObjects(
  value: unknown,
  path: string,
  visit: (object: Readonly<Record<string, unknown>>, path: string) => void,
): void {
  if (Array.isArray(value)) value.forEach((item: unknown, index) => walkObjects(item, `${path}/${index}`, visit));
  else if (isJsonObject(value)) {
    visit(value, path);
    for (const key of Object.keys(value)) walkObjects(value[key], pointer(path, key), visit);
  }
}
