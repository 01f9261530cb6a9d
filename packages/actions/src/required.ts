import { inputError } from '@fettle/base';

/** The value of a setting that the action cannot do without. `hint` says what to give, as a sentence. */
export function required<T>(value: T | undefined | null | '', hint: string): T {
  if (value === undefined || value === null || value === '') {
    throw inputError({ code: 'action.incomplete', message: 'This step is not set up yet.', hint });
  }
  return value as T;
}

/** A text setting; absent when it is empty. Numbers and booleans that a binding gave are written out. */
export function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text setting that the action cannot do without. */
export function requiredText(value: unknown, hint: string): string {
  return required(optionalText(value), hint);
}

/** A list, also when a binding gave a single item. Nothing is the empty list. */
export function listOf<T>(value: unknown): readonly T[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}
