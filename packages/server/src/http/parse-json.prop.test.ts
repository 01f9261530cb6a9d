import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forbiddenKeys } from '@fettle/base';
import { parseJson } from './parse-json.ts';

const isHonest = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Object.entries(value).every(([key, inner]) => !forbiddenKeys.has(key) && isHonest(inner));

describe('parseJson', () => {
  it('reads whatever was written as JSON, and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
        fc.pre(isHonest(value));
        expect(parseJson(JSON.stringify(value, null, indent))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('throws an input error for any other text, never anything else', () => {
    fc.assert(
      fc.property(
        fc.string({
          maxLength: 60,
          unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '1', ' ', '\u0000'),
        }),
        (text) => {
          try {
            parseJson(text);
            expect(() => JSON.parse(text) as unknown).not.toThrow();
          } catch (error) {
            expect(error).toMatchObject({ kind: 'input' });
          }
        },
      ),
    );
  });
});
