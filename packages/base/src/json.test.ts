import { expect, it } from 'vitest';
import { canonicalJson } from './json.ts';

it('puts the named keys first and the others in alphabetical order', () => {
  expect(canonicalJson({ b: 1, a: 2, id: 3 }, ['id'])).toBe('{\n  "id": 3,\n  "a": 2,\n  "b": 1\n}\n');
});
