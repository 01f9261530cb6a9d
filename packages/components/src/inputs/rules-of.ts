import type { ValueRules } from './check-value.ts';

/** The rules among an input's settings, unset ones left out. */
export function rulesOf(settings: {
  readonly min?: string | number;
  readonly max?: string | number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly message?: string;
}): ValueRules {
  const { min, max, minLength, maxLength, pattern, message } = settings;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(message === undefined ? {} : { message }),
  };
}
