import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAs } from './values.ts';

describe('values of a column', () => {
  it('have one normal form, which is normal itself', () => {
    const types = [
      'text',
      'integer',
      'decimal',
      'number',
      'boolean',
      'date',
      'time',
      'datetime',
      'timestamp',
      'uuid',
      'binary',
    ] as const;
    const texts = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.bigInt().map(String),
      fc.double().map(String),
      fc.uuid(),
      fc.base64String(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom('true', '23:59', '2024-02-30', '2024-01-01T10:00', '2024-01-01 10:00:00+02'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.oneof(texts, fc.integer(), fc.double(), fc.boolean()),
        (type, value) => {
          const once = normaliseAs(type, value);
          if (once !== undefined) expect(normaliseAs(type, once)).toEqual(once);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('keep an instant when they are moved to UTC', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, minutes) => {
          const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
          const zone = `${minutes < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
          expect(normaliseAs('timestamp', `${local}${zone}`)).toBe(date.toISOString());
        },
      ),
    );
  });

  it('keep every digit of 64-bit integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (number) => {
        expect(String(normaliseAs('integer', number.toString()))).toBe(number.toString());
      }),
    );
  });
});
