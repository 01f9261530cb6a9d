import { isJsonObject } from '@fettle/base';
import { requiredText } from '../required.ts';

/** The id in what a builder bound: a file of an attachment column, or its id. */
export function fileIdOf(value: unknown): string {
  return requiredText(isJsonObject(value) ? value['id'] : value, 'Choose a file.');
}
