import type { Json } from '@fettle/base';
import type { Parameter } from '@fettle/definition';

/** What stands in a field: a text, or whether a box is ticked. */
export type FieldText = string | boolean;

/** The value that was filled in, or what is wrong with it. Neither: it was left empty. */
export function readField(
  field: Parameter,
  text: FieldText | undefined,
): { readonly value?: Json; readonly problem?: string } {
  if (field.type === 'boolean') return { value: text === true };
  const filled = typeof text === 'string' ? text.trim() : '';
  if (filled === '') return field.required === true ? { problem: 'This is needed.' } : {};
  switch (field.type) {
    case 'integer':
    case 'number': {
      const number = Number(filled);
      const isFit = Number.isFinite(number) && (field.type === 'number' || Number.isSafeInteger(number));
      return isFit ? { value: number } : { problem: field.type === 'integer' ? 'A whole number.' : 'A number.' };
    }
    case 'list':
      return { value: filled.split(',').map((item) => item.trim()) };
    case 'json':
      try {
        return { value: JSON.parse(filled) as Json };
      } catch {
        return { problem: 'This is not valid JSON.' };
      }
    default:
      return { value: filled };
  }
}
