import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatOptions, parseOptions } from './option-lines.ts';

const word = fc.stringMatching(/^[A-Za-z0-9]{1,6}$/);

it('reads back the options it wrote as lines', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ value: word, label: word }), { selector: ({ value }) => value, maxLength: 8 }),
      (made) => {
        const options = made.map(({ value, label }) => (label === value ? { value } : { value, label }));
        expect(parseOptions(formatOptions(options))).toEqual(options);
      },
    ),
  );
});
