import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, jsonEquals, type Json } from './json.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

it('writes equal values as equal text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      const shuffled = JSON.parse(JSON.stringify(value), (_, part: unknown) =>
        typeof part === 'object' && part !== null && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).reverse())
          : part,
      ) as Json;
      expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
    }),
  );
});

it('is read back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(jsonEquals(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))).toBe(true);
    }),
  );
});

it('compares by content', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(jsonEquals(a, structuredClone(a))).toBe(true);
      expect(jsonEquals(a, b)).toBe(jsonEquals(b, a));
    }),
  );
});
