import { describe, expect, it } from 'vitest';
import { compileTemplate } from './compile-expression.ts';
import { expressionsOf, fillTemplate } from './fill-template.ts';
import { createScope } from './scope.ts';
import { parseTemplate } from '../syntax/parse-template.ts';

const templateOf = (text: string) => {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new TypeError(parsed.error[0]?.message);
  return parsed.value;
};

describe('a setting whose expressions are worked out elsewhere', () => {
  const scope = createScope({ id: 12, name: 'A & B', none: null, list: [1, 'x'], when: true });

  it.each([
    'plain',
    '{{ id }}',
    '{{ list }}',
    'https://example.com/{{ id }}/of/{{ name }}',
    '{{ none }}{{ when }}',
    'all of {{ list }}',
  ])('becomes what it would have become there: %s', (text) => {
    const template = templateOf(text);
    const values = expressionsOf(template).map((expression) =>
      compileTemplate({ kind: 'expression', expression })(scope),
    );
    expect(fillTemplate(template, values)).toEqual(compileTemplate(template)(scope));
  });

  it('keeps what is written around them', () => {
    expect(fillTemplate(templateOf('https://inside/{{ id }}'), ['@evil.example'])).toBe('https://inside/@evil.example');
    expect(fillTemplate(templateOf('plain'), ['other'])).toBe('plain');
  });

  it('does not become longer than a text may be', () => {
    expect(() => fillTemplate(templateOf('a {{ id }} {{ name }}'), ['x'.repeat(900_000), 'x'.repeat(900_000)])).toThrow(
      /long/,
    );
  });
});
