import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileExpression,
  createScope,
  evaluate,
  EvaluationError,
  parseExpression,
  parseTemplate,
  rewriteExpression,
  rewriteTemplate,
} from '../index.ts';
import type { Expression } from '../index.ts';

const scope = createScope({ a: 3, b: -2, c: 0.5, row: { name: 'Ada', total: 21 }, list: [3, 1, 2] });

/** Arithmetic over a, b, c as source text. */
const { arithmetic } = fc.letrec<{ arithmetic: string }>((tie) => ({
  arithmetic: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('a', 'b', 'c'),
    fc.nat(1000).map(String),
    fc
      .tuple(
        tie('arithmetic'),
        fc.constantFrom('+', '-', '*', '/', '%', '<', '>=', '===', '&', '|', '^', '<<', '>>', '>>>'),
        tie('arithmetic'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('arithmetic'), tie('arithmetic'), tie('arithmetic'))
      .map(([test, then, otherwise]) => `(${test} ? ${then} : ${otherwise})`),
    tie('arithmetic').map((inner) => `-(${inner})`),
  ),
}));

const fragments = fc
  .array(
    fc.constantFrom(
      'row',
      'list',
      '.',
      '?.',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '{{',
      '}}',
      '`',
      '${',
      '"',
      "'",
      '=>',
      'x',
      '...',
      ',',
      ':',
      '?',
      '??',
      '+',
      '-',
      '1',
      ' ',
      '\n',
      '\\',
      'constructor',
      'map',
      'name',
      'typeof ',
      'in ',
      '=',
      '/*',
      '//',
      '@',
      'é',
      '\ud800',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fragments);

test('any text gives a value, problems or an evaluation error', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const result = evaluate(source, scope);
      expect(result.ok || Array.isArray(result.error) || result.error instanceof EvaluationError).toBe(true);
      expect(typeof parseTemplate(source).ok).toBe('boolean');
    }),
    { numRuns: 3_000 },
  );
});

test('problems lie within the text', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const parsed = parseExpression(source);
      for (const problem of parsed.ok ? [] : parsed.error) {
        expect(problem.offset).toBeGreaterThanOrEqual(0);
        expect(problem.offset + problem.length).toBeLessThanOrEqual(source.length);
        expect(source.split('\n').length).toBeGreaterThanOrEqual(problem.line);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('arithmetic agrees with JavaScript', () => {
  fc.assert(
    fc.property(arithmetic, (source) => {
      const result = evaluate(source, scope);
      // The reference is the host language itself.
      // oxlint-disable-next-line no-new-func, no-implied-eval
      const expected: unknown = new Function('a', 'b', 'c', `"use strict"; return ${source}`)(3, -2, 0.5);
      expect(result).toEqual({ ok: true, value: expected });
    }),
    { numRuns: 1_000 },
  );
});

test('an expression evaluates alike after a trip through JSON', () => {
  fc.assert(
    fc.property(fc.oneof(arithmetic, fragments), (source) => {
      const parsed = parseExpression(source);
      if (!parsed.ok) return;
      const stored = JSON.parse(JSON.stringify(parsed.value)) as Expression;
      const outcome = (expression: Expression): unknown => {
        try {
          return { value: compileExpression(expression)(scope) };
        } catch (error) {
          return { code: (error as EvaluationError).code };
        }
      };
      expect(outcome(stored)).toEqual(outcome(parsed.value));
    }),
    { numRuns: 1_000 },
  );
});

test('a rename that changes nothing keeps every byte', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      expect(rewriteExpression(source, (path) => path)).toBe(source);
      expect(rewriteTemplate(source, () => undefined)).toBe(source);
    }),
  );
});
