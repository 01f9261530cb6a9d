import { describe, expect, test } from 'vitest';
import { createScope, defaultLimits, evaluate, standardFunctions } from '../index.ts';
import { functionTable } from './table.ts';

// The moment that the examples of now() and today() assume: Friday, 1 May 2026, 12:30 in UTC.
const clock = { now: () => Date.UTC(2026, 4, 1, 12, 30) };
const scope = createScope({});

/** As JSON: what is undefined becomes null, and objects without a prototype become ordinary ones. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

describe('the standard functions', () => {
  test('are at least 90, each documented once', () => {
    const names = standardFunctions.map((spec) => spec.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(90);
    expect(names.toSorted()).toEqual([...functionTable.keys()].toSorted());
  });

  for (const spec of standardFunctions) {
    test(`${spec.signature} does what its examples say`, () => {
      expect(spec.examples.length).toBeGreaterThan(0);
      for (const { expression, result } of spec.examples) {
        const evaluated = evaluate(expression, scope, { clock });
        expect(evaluated.ok ? asJson(evaluated.value) : evaluated.error, expression).toEqual(result);
      }
    });

    test(`${spec.signature} documents the arguments that it takes`, () => {
      const found = functionTable.get(spec.name);
      const required = spec.parameters.filter((parameter) => parameter.optional !== true).length;
      const isOpen = spec.signature.includes('...');
      expect(isOpen ? found?.minimum : required).toBe(found?.minimum);
      if (!isOpen) expect(found?.maximum).toBe(spec.parameters.length);
    });

    test(`${spec.signature} answers strange arguments with a value or an evaluation error`, () => {
      const strange = [
        'undefined',
        'null',
        '""',
        '"x"',
        '-1',
        '1e308',
        'NaN',
        '[]',
        '[null]',
        '[[1]]',
        '{}',
        'true',
        '({ a: { b: [1] } })',
      ];
      for (const first of strange) {
        for (const second of strange) {
          for (const count of [1, 2, 3]) {
            const args = [first, second, first].slice(0, count).join(', ');
            const evaluated = evaluate(`${spec.name}(${args})`, scope, { clock, steps: defaultLimits.steps });
            if (!evaluated.ok) expect(evaluated.error, args).toMatchObject({ name: 'EvaluationError' });
            // A failure without a message of its own is an oversight.
            if (!evaluated.ok) expect(evaluated.error, args).not.toMatchObject({ code: 'expression.failed' });
          }
        }
      }
    });
  }
});
