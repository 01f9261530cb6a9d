import { expect, it } from 'vitest';
import { createFirstPassword } from './first-password.ts';

it('makes a new password each time, long enough for every rule', () => {
  const made = new Set(Array.from({ length: 100 }, createFirstPassword));
  expect(made.size).toBe(100);
  for (const password of made) expect(password).toMatch(/^([a-zA-Z2-9]{4}-){3}[a-zA-Z2-9]{4}$/);
});
