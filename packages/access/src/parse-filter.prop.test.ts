import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterColumns, filterOperators, type Filter } from './filter.ts';
import { filterLimits, parseFilter } from './parse-filter.ts';

const condition = fc.record({
  column: fc.constantFrom('name', 'album.title'),
  operator: fc.constant('equal'),
  value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
});
const filter = fc.letrec((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    condition,
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
    fc.record({
      relation: fc.constant('tracks'),
      match: fc.constantFrom('some', 'none', 'every'),
      filter: tie('filter'),
    }),
  ),
})).filter as fc.Arbitrary<Filter>;

describe('reading a filter', () => {
  it('keeps what is a filter as it is', () => {
    fc.assert(
      fc.property(filter, (value) => {
        const parsed = parseFilter(value);
        if (parsed.ok) {
          expect(parsed.value).toEqual(value);
          expect(filterColumns(parsed.value).every((column) => column.length > 0)).toBe(true);
        } else expect(parsed.error[0]?.message).toMatch(/levels deep/);
      }),
    );
  });

  it('never throws and always names the place of what is wrong', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseFilter(value, '/filter');
        if (!parsed.ok) expect(parsed.error.every((problem) => problem.path.startsWith('/filter'))).toBe(true);
      }),
    );
  });

  it.each([
    [{ column: 'a', operator: '$where', value: 1 }, 'operator'],
    [{ column: 'a', operator: { $gt: 1 }, value: 1 }, 'operator'],
    [{ column: 'a', operator: 'equal', value: { $ne: null } }, 'value'],
    [{ column: 'a', operator: 'equal', value: [1] }, 'value'],
    [{ column: 'a', operator: 'oneOf', value: 'x' }, 'value'],
    [{ column: 'a', operator: 'equal', value: Number.NaN }, 'value'],
    [{ column: '__proto__', operator: 'equal', value: 1 }, 'column'],
    [{ column: 'a', operator: 'equal', value: 1, extra: true }, 'extra'],
    [{ and: [], or: [] }, 'or'],
    [{ column: 'a', operator: 'between', value: [1] }, 'value'],
  ])('refuses %j', (value, place) => {
    const parsed = parseFilter(value);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error[0]?.path).toContain(place);
  });

  it('refuses what is nested or listed without end', () => {
    let deep: unknown = { column: 'a', operator: 'empty' };
    for (let level = 0; level < 1000; level += 1) deep = { and: [deep] };
    expect(parseFilter(deep).ok).toBe(false);
    expect(
      parseFilter({
        column: 'a',
        operator: 'oneOf',
        value: Array.from({ length: filterLimits.listItems + 1 }, (_, n) => n),
      }).ok,
    ).toBe(false);
    expect(
      parseFilter({
        or: Array.from({ length: filterLimits.conditions + 1 }, () => ({ column: 'a', operator: 'empty' })),
      }).ok,
    ).toBe(false);
  });

  it('accepts a binding wherever a value stands', () => {
    for (const operator of filterOperators.filter((name) => !['empty', 'notEmpty'].includes(name))) {
      expect(parseFilter({ column: 'a', operator, value: '{{ state.x }}' }).ok, operator).toBe(true);
    }
  });
});
