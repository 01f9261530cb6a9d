import { describe, expect, it } from 'vitest';
import type { Parameter } from '../kinds/common.ts';
import { checkParameters } from './check-parameters.ts';

const of = (type: Parameter['type'], more: Partial<Parameter> = {}): readonly Parameter[] => [
  { name: 'p', type, ...more },
];
const check = (type: Parameter['type'], value: unknown) => checkParameters(of(type), { p: value })['p'];

describe('query parameters', () => {
  it('take values of their type, numbers also as text', () => {
    expect(check('text', 'a')).toBe('a');
    expect(check('integer', '7')).toBe(7);
    expect(check('integer', '9007199254740993')).toBe('9007199254740993');
    expect(check('number', '1.5e3')).toBe(1500);
    expect(check('decimal', '12.3400')).toBe('12.3400');
    expect(check('boolean', 'false')).toBe(false);
    expect(check('date', '2026-02-28')).toBe('2026-02-28');
    expect(check('timestamp', '2026-02-28T10:00:00+01:00')).toBe('2026-02-28T09:00:00.000Z');
    expect(check('list', [1, 'a', null])).toEqual([1, 'a', null]);
    expect(check('json', { a: [1] })).toEqual({ a: [1] });
  });

  it('refuse everything else by name', () => {
    const bad: readonly (readonly [Parameter['type'], unknown])[] = [
      ['text', {}],
      ['integer', 1.5],
      ['integer', '1; drop table x'],
      ['integer', true],
      ['number', 'NaN'],
      ['number', '0x10'],
      ['decimal', '1e5'],
      ['boolean', 'yes'],
      ['date', '2026-02-30'],
      ['date', '2026-2-3'],
      ['timestamp', 'tomorrow'],
      ['list', 'a'],
      ['list', [{}]],
      ['list', Array(1001).fill(1)],
    ];
    for (const [type, value] of bad)
      expect(() => check(type, value), `${type} ${JSON.stringify(value)}`).toThrow(/"p" must be/);
  });

  it('know required, default and unknown ones', () => {
    expect(() => checkParameters(of('integer', { required: true }), {})).toThrow(/"p" is needed/);
    expect(() => checkParameters(of('integer', { required: true }), { p: '' })).toThrow(/"p" is needed/);
    expect(checkParameters(of('integer', { default: 5 }), undefined)['p']).toBe(5);
    expect(checkParameters(of('integer'), {})['p']).toBe(null);
    expect(() => checkParameters([], { q: 1 })).toThrow(/no parameter "q"/);
  });

  it('never touch the prototype', () => {
    expect(() => checkParameters([], JSON.parse('{"__proto__": 1}'))).toThrow(/no parameter "__proto__"/);
    expect(() => checkParameters([], JSON.parse('{"constructor": 1}'))).toThrow(/no parameter/);
    expect(Object.getPrototypeOf(checkParameters(of('text'), { p: 'a' }))).toBe(null);
    expect(() => checkParameters([], [])).toThrow(/object of values/);
  });
});
