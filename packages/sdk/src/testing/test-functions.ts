import type { Json } from '@fettle/base';
import {
  createFunctionLibrary,
  createScope,
  evaluate,
  EvaluationError,
  libraryName,
  loadLibrary,
  parseLibrary,
  type EvaluationLimits,
  type LibraryValueType,
  type ParsedLibrary,
} from '@fettle/expression';
import { describe, expect, it } from 'vitest';
import { libraryOf, type FunctionManifest } from '../manifest/function.ts';
import { functionProblems } from '../plugin/function-rules.ts';

/** The moment that examples with `now()` and `today()` assume: Friday, 1 May 2026, 12:30 in UTC. */
export const exampleTime = Date.UTC(2026, 4, 1, 12, 30);

const exampleClock = { now: () => exampleTime };

/** Evaluates an expression that calls functions, as an app would; `values` are the names that it can use. */
export function evaluateWithFunctions(
  functions: readonly FunctionManifest[],
  expression: string,
  values: Readonly<Record<string, unknown>> = {},
  limits: Pick<EvaluationLimits, 'clock' | 'locale' | 'timeZone'> = {},
): unknown {
  const result = evaluate(expression, createScope(values), {
    clock: exampleClock,
    ...limits,
    functions: loadLibrary(libraryOf(functions)),
  });
  if (result.ok) return result.value;
  if (result.error instanceof EvaluationError) throw result.error;
  throw new Error(result.error.map(({ message }) => message).join(' '));
}

const strange = ['undefined', 'null', '""', '"x"', '-1', '1e308', 'NaN', '[]', '[[1]]', '({ a: [1] })', 'true'];

/**
 * The contract that functions of a plugin keep: call it at the top of a test file, once with all of them. It runs every
 * example, holds its result against the declared type, and calls each function with strange values.
 */
export function testFunctions(functions: readonly FunctionManifest[]): void {
  describe('functions', () => {
    it('are right: they parse, see their parameters alone and do not call themselves', () => {
      expect(functionProblems(functions, '')).toEqual([]);
      expect(new Set(functions.map(({ id }) => id)).size).toBe(functions.length);
    });
  });
  for (const manifest of functions)
    describe(`function ${libraryName(manifest.id)}`, () => testFunction(manifest, functions));
}

function testFunction(manifest: FunctionManifest, functions: readonly FunctionManifest[]): void {
  it('names and describes itself and its parameters', () => {
    expect(manifest.title).toMatch(/^[A-Z]/);
    expect(manifest.description).toMatch(/^[A-Z].*\.$/s);
    for (const { name, description } of manifest.parameters) expect(description, name).toMatch(/^[A-Z].*\.$/s);
  });

  it('gives what its examples say', () => {
    expect(manifest.examples.length).toBeGreaterThan(0);
    for (const { expression, result } of manifest.examples) {
      const value = evaluateWithFunctions(functions, expression);
      expect(asJson(value), expression).toEqual(result);
      if (expression.startsWith(libraryName(manifest.id)) && value !== null && value !== undefined)
        expect(isOf(manifest.returns, value), `${expression} gives what "returns" says`).toBe(true);
    }
  });

  it('gives the same in browsers, which get it parsed', () => {
    const sent = JSON.parse(JSON.stringify(parseLibrary(libraryOf(functions)))) as ParsedLibrary;
    for (const { expression, result } of manifest.examples) {
      const value = evaluate(expression, createScope({}), {
        clock: exampleClock,
        functions: createFunctionLibrary(sent),
      });
      expect(value.ok ? asJson(value.value) : value.error, expression).toEqual(result);
    }
  });

  it('answers strange values with a value or an error that says what is wrong', () => {
    for (const first of strange) {
      for (const second of strange) {
        const given = manifest.parameters.map((_, index) => (index % 2 === 0 ? first : second));
        const call = `${libraryName(manifest.id)}(${given.join(', ')})`;
        try {
          evaluateWithFunctions(functions, call);
        } catch (error) {
          expect(error, call).toBeInstanceOf(EvaluationError);
          expect((error as EvaluationError).code, call).not.toBe('expression.failed');
        }
      }
    }
  });
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

function isOf(type: LibraryValueType, value: unknown): boolean {
  switch (type) {
    case 'text':
    case 'date':
      return typeof value === 'string';
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return true;
  }
}
