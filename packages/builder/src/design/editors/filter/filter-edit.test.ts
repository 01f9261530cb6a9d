import { describe, expect, it } from 'vitest';
import { parseFilter, type Filter, type FilterCondition } from '@fettle/access';
import {
  addFilter,
  asGroup,
  changeFilter,
  cleanFilter,
  countConditions,
  newCondition,
  operatorName,
  operatorsOf,
  withColumn,
  withOperator,
  withValue,
} from './filter-edit.ts';

const name: FilterCondition = { column: 'name', operator: 'contains', value: 'a' };
const age: FilterCondition = { column: 'age', operator: 'greater', value: 3 };

describe('the filter builder', () => {
  it('starts with a group and adds conditions to it', () => {
    expect(addFilter(undefined, [], name)).toEqual({ and: [name] });
    expect(addFilter(name, [], age)).toEqual({ and: [name, age] });
    expect(addFilter({ or: [name] }, [], age)).toEqual({ or: [name, age] });
  });

  it('adds to, changes and removes from inner groups', () => {
    const filter: Filter = { and: [name, { or: [age] }] };
    const added = addFilter(filter, [1], name);
    expect(added).toEqual({ and: [name, { or: [age, name] }] });
    expect(changeFilter(added, [1, 0], () => ({ ...age, value: 9 }))).toEqual({
      and: [name, { or: [{ ...age, value: 9 }, name] }],
    });
    expect(changeFilter(added, [1, 0], () => undefined)).toEqual({ and: [name, { or: [name] }] });
    expect(changeFilter({ not: { and: [name, age] } }, [0, 1], () => undefined)).toEqual({ not: { and: [name] } });
  });

  it('keeps no filter when no condition is left', () => {
    expect(cleanFilter(changeFilter(asGroup(name), [0], () => undefined))).toBeUndefined();
    expect(countConditions({ and: [name, { or: [age, name] }] })).toBe(3);
  });

  it('gives the value the shape that the operator takes', () => {
    expect(withOperator(age, 'between').value).toEqual([3, '']);
    expect(withOperator(age, 'oneOf').value).toEqual([3]);
    expect(withOperator(withOperator(age, 'oneOf'), 'equal').value).toBe(3);
    expect('value' in withOperator(age, 'empty')).toBe(false);
    expect(withOperator({ column: 'id', operator: 'equal', value: '{{ components.a.ids }}' }, 'oneOf').value).toBe(
      '{{ components.a.ids }}',
    );
  });

  it('keeps an operator on another column only where it makes sense', () => {
    expect(withColumn(age, 'title', 'text')).toEqual({ column: 'title', operator: 'contains', value: '' });
    expect(withColumn(age, 'height', 'decimal')).toEqual({ column: 'height', operator: 'greater', value: '' });
  });

  it('skips a condition until it has a value', () => {
    const fresh = newCondition('age', 'integer');
    expect(fresh.optional).toBe(true);
    const filled = withValue(fresh, 3);
    expect(filled).toEqual({ column: 'age', operator: 'equal', value: 3 });
    expect(withValue({ ...filled, optional: true }, '{{ components.age.value }}').optional).toBe(true);
    expect(withValue(filled, '').optional).toBe(true);
  });

  it('speaks of dates in words for dates', () => {
    expect(operatorName('less', 'date')).toBe('is before');
    expect(operatorName('less', 'integer')).toBe('is less than');
  });

  it('makes filters that the server reads, for every type and operator', () => {
    for (const type of ['text', 'integer', 'date', 'boolean', 'enum', 'array', 'json', undefined] as const) {
      for (const operator of operatorsOf(type)) {
        const filter = { and: [withOperator(newCondition('column', type), operator)] };
        const parsed = parseFilter(filter);
        expect(parsed.ok, `${type} ${operator}`).toBe(true);
      }
    }
  });
});
