import { describe, expect, it } from 'vitest';
import { isTyping, narrowChange } from './narrow-change.ts';

describe('narrowing a change', () => {
  const columns = [
    { id: 'a', label: 'Name' },
    { id: 'b', label: 'City', width: 90 },
  ];

  it('finds nothing where nothing changed', () => {
    expect(narrowChange('columns', columns, structuredClone(columns))).toBeUndefined();
  });

  it('goes down to the one member that differs', () => {
    const after = [columns[0], { ...columns[1], label: 'Town' }];
    expect(narrowChange('columns', columns, after)).toEqual({ path: 'columns/1/label', value: 'Town' });
  });

  it('takes a member away in its place', () => {
    expect(narrowChange('columns', columns, [columns[0], { id: 'b', label: 'City' }])).toEqual({
      path: 'columns/1/width',
      isRemoved: true,
    });
  });

  it('takes an entry away in its place, and the last one as a whole', () => {
    expect(narrowChange('columns', columns, [columns[1]])).toEqual({ path: 'columns/0', isRemoved: true });
    expect(narrowChange('columns', [columns[0]], [])).toEqual({ path: 'columns', value: [] });
  });

  it('sets the whole where several places changed', () => {
    const after = [columns[1], columns[0]];
    expect(narrowChange('columns', columns, after)).toEqual({ path: 'columns', value: after });
    expect(narrowChange('data', { a: 1, b: 2 }, { a: 2, b: 3 })).toEqual({ path: 'data', value: { a: 2, b: 3 } });
  });

  it('escapes names as a JSON pointer does', () => {
    expect(narrowChange('values', { 'a/b': 1, c: 1 }, { 'a/b': 2, c: 1 })).toEqual({ path: 'values/a~1b', value: 2 });
  });

  it('counts texts and numbers as typing, nothing else', () => {
    expect(isTyping({ path: 'a', value: 'x' })).toBe(true);
    expect(isTyping({ path: 'a', value: true })).toBe(false);
    expect(isTyping({ path: 'a', isRemoved: true })).toBe(false);
  });
});
