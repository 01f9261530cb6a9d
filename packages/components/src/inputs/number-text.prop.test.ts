import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDigits, exactNumber, numberDigits, numberToEditText, parseNumberText } from './number-text.ts';

const digits = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.option(fc.stringMatching(/^\d{1,12}$/), { nil: undefined }),
  )
  .map(([whole, fraction]) => (fraction === undefined ? whole.toString() : `${whole}.${fraction}`));

describe('numbers as text', () => {
  it('survive showing and reading in every locale, digit by digit', () => {
    fc.assert(
      fc.property(digits, fc.constantFrom('en-GB', 'de-DE', 'de-CH', 'fr-FR', 'pl-PL', 'sv-SE'), (text, locale) => {
        const expected = text.startsWith('-0') && !/[1-9]/.test(text) ? text.slice(1) : text;
        expect(parseNumberText(numberToEditText(text, locale), locale)).toBe(expected);
      }),
    );
  });

  it('become JavaScript numbers only when no digit is lost', () => {
    fc.assert(
      fc.property(digits, (text) => {
        const value = exactNumber(text);
        if (typeof value === 'number') expect(compareDigits(numberDigits(value) ?? '', text)).toBe(0);
        else expect(value).toBe(text);
      }),
    );
  });

  it.each([
    ['1.234,5', 'de-DE', '1234.5'],
    ['1.5', 'de-DE', '1.5'],
    ['1,234.50', 'en-GB', '1234.50'],
    ['1 234,5', 'fr-FR', '1234.5'],
    ['.5', 'en-GB', '0.5'],
    ['−3', 'en-GB', '-3'],
    ['1e3', 'en-GB', '1000'],
    ['1,2,3', 'en-GB', undefined],
    ['12a', 'en-GB', undefined],
    ['', 'en-GB', undefined],
  ])('reads %s in %s as %s', (text, locale, expected) => {
    expect(parseNumberText(text, locale)).toBe(expected);
  });
});
