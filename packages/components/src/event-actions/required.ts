import { inputError } from '@fettle/base';

/** The value of a setting that the action cannot do without. `hint` says what to choose. */
export function required<T>(value: T | undefined | null | '', hint: string): T {
  if (value === undefined || value === null || value === '') {
    throw inputError({
      code: 'action.incomplete',
      message: 'This action is not set up yet.',
      hint,
    });
  }
  return value as T;
}
