import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import { expect } from 'vitest';

/** Fails unless a value is what a schema says. */
export function expectFits(schema: TSchema | undefined, value: unknown): void {
  const errors = Value.Errors(schema ?? {}, value).map(
    (error) => `${(error as { instancePath?: string }).instancePath ?? ''} ${error.message}`,
  );
  expect(errors, JSON.stringify(value)?.slice(0, 500)).toEqual([]);
}
