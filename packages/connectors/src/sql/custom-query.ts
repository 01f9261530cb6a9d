import { inputError, type Json, type Problem } from '@fettle/base';
import {
  compileExpression,
  createScope,
  EvaluationError,
  loadLibrary,
  parseTemplate,
  type CompiledExpression,
  type FunctionLibrary,
} from '@fettle/expression';
import type { QueryRequest, QueryResult } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import type { SqlDialect } from './dialect.ts';
import type { SqlDriver } from './driver.ts';
import { PlanCache } from './plan-cache.ts';
import { SqlScanner } from './sql-scanner.ts';

/** Most bytes of rows that a custom query answers. */
const maxBytes = 16_000_000;

/** Longest list that is spread into `in (…)`. */
const maxListLength = 1000;

interface Binding {
  readonly source: string;
  readonly evaluate: CompiledExpression;
  /** It stands in `in (…)`, so that a list becomes several parameters. */
  readonly isList: boolean;
}

/** A statement taken apart: texts and bindings in turn. */
interface CustomPlan {
  readonly parts: readonly (string | Binding)[];
}

/** Runs the SQL that builders write. `{{ }}` becomes a bound parameter, never text. */
export class CustomQueries {
  readonly #dialect: SqlDialect;
  readonly #driver: SqlDriver;
  readonly #plans = new PlanCache<CustomPlan>(200);

  constructor(dialect: SqlDialect, driver: SqlDriver) {
    this.#dialect = dialect;
    this.#driver = driver;
  }

  async run(request: QueryRequest, options: CallOptions): Promise<QueryResult> {
    const started = performance.now();
    const text = request.settings['sql'];
    if (request.kind !== 'sql' || typeof text !== 'string' || text.trim() === '') throw noStatement();
    let plan = this.#plans.get(text);
    if (plan === undefined) {
      plan = planQuery(text, this.#dialect);
      this.#plans.set(text, plan);
    }
    const { statement, parameters } = bind(plan, request, this.#dialect);
    const limits = { signal: options.signal, timeoutMs: Math.min(options.timeoutMs, request.timeoutMs) };
    const result = await this.#driver.custom(
      { text: statement, parameters, mode: request.mode, maxRows: request.maxRows, maxBytes },
      limits,
    );
    const names = uniqueNames(result.columns.map((column) => column.name));
    return {
      data: result.rows.map((row) => toObject(names, row)),
      ...(result.columns.length === 0
        ? {}
        : { columns: result.columns.map(({ type }, index) => ({ name: names[index] ?? '', type })) }),
      ...(result.affected === undefined ? {} : { affectedRows: result.affected }),
      truncated: result.truncated,
      durationMs: Math.round(performance.now() - started),
    };
  }
}

/** Parses a statement and refuses what could make a binding into text. */
export function planQuery(text: string, dialect: SqlDialect): CustomPlan {
  const parsed = parseTemplate(text);
  if (!parsed.ok) {
    throw refuseStatement(
      'query.binding-invalid',
      parsed.error.map(({ message, line, column, hint }) => ({
        path: '/settings/sql',
        message: `Line ${line}, column ${column}: ${message}${hint === undefined ? '' : ` ${hint}`}`,
        code: 'query.binding-invalid',
      })),
    );
  }
  const template = parsed.value;
  const pieces =
    template.kind === 'literal'
      ? [template.value]
      : template.kind === 'expression'
        ? [template.expression]
        : template.parts;
  const scanner = new SqlScanner(dialect.syntax);
  const problems: Problem[] = [];
  const parts: (string | Binding)[] = [];
  let from = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      scanner.read(piece);
      parts.push(piece);
      continue;
    }
    const at = text.indexOf('{{', from);
    from = Math.max(at, text.indexOf(piece.source, at)) + piece.source.length;
    if (scanner.place !== 'code') problems.push(misplaced(text, at, scanner.place));
    const isList = /\bin\s*\(\s*$/i.test(scanner.code);
    scanner.passBinding();
    parts.push({ source: piece.source.trim(), evaluate: compileExpression(piece), isList });
  }
  if (problems.length > 0) throw refuseStatement('query.binding-misplaced', problems);
  if (scanner.hasSecond)
    throw refuseStatement('query.several-statements', [
      wholeProblem('query.several-statements', 'A query is one statement; this text has several.'),
    ]);
  if (dialect.syntax.placeholders.test(scanner.code)) {
    throw refuseStatement('query.placeholder', [
      wholeProblem('query.placeholder', 'Placeholders of the database cannot be used. Write {{ name }} instead.'),
    ]);
  }
  return { parts: withoutFinalSemicolon(parts) };
}

function withoutFinalSemicolon(parts: readonly (string | Binding)[]): readonly (string | Binding)[] {
  const last = parts.at(-1);
  return typeof last === 'string' ? [...parts.slice(0, -1), last.replace(/;\s*$/, '')] : parts;
}

function bind(
  plan: CustomPlan,
  request: QueryRequest,
  dialect: SqlDialect,
): { readonly statement: string; readonly parameters: readonly unknown[] } {
  const { parameters: given } = request;
  const scope = createScope({ ...request.scope, ...given, params: given, parameters: given });
  const functions = loadLibrary(request.functions);
  const parameters: unknown[] = [];
  const place = (value: unknown): string => dialect.placeholder(parameters.push(dialect.customParameter(value)));
  const statement = plan.parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = evaluate(part, scope, functions);
    if (!Array.isArray(value) || !part.isList) return place(value);
    if (value.length > maxListLength) throw listTooLong(part.source);
    return value.length === 0 ? 'null' : value.map(place).join(', ');
  });
  return { statement: statement.join(''), parameters };
}

function evaluate(
  binding: Binding,
  scope: ReturnType<typeof createScope>,
  functions: FunctionLibrary | undefined,
): unknown {
  let value: unknown;
  try {
    value = binding.evaluate(scope, { functions });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const message = `{{ ${binding.source} }}: ${error.message}`;
    throw inputError({
      code: 'query.binding-failed',
      message,
      hint: 'Check the values it works on.',
      problems: [{ path: '/settings/sql', message, code: 'query.binding-failed' }],
      cause: error,
    });
  }
  if (value !== undefined && typeof value !== 'function') return value;
  const message = `{{ ${binding.source} }} has no value.`;
  throw inputError({
    code: 'query.value-missing',
    message,
    hint: 'Give the parameter a value, or write "?? null" after it when NULL is meant.',
    problems: [{ path: '/settings/sql', message, code: 'query.value-missing' }],
  });
}

function misplaced(text: string, at: number, place: 'string' | 'name' | 'comment'): Problem {
  const before = text.slice(0, at).split('\n');
  const where = { string: 'inside quotes', name: 'inside a quoted name', comment: 'inside a comment' }[place];
  const hint =
    place === 'string'
      ? "Remove the quotes; for a pattern write '%' || {{ … }} || '%' or concat('%', {{ … }}, '%')."
      : 'Move it out.';
  return {
    path: '/settings/sql',
    message: `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: {{ }} becomes a bound parameter, so it cannot stand ${where}. ${hint}`,
    code: 'query.binding-misplaced',
  };
}

function wholeProblem(code: string, message: string): Problem {
  return { path: '/settings/sql', message, code };
}

function refuseStatement(code: string, problems: readonly Problem[]) {
  return inputError({
    code,
    message: problems[0]?.message ?? 'The statement cannot be used.',
    hint: 'Change the SQL of the query.',
    problems,
  });
}

function noStatement() {
  return inputError({
    code: 'query.empty',
    message: 'The query has no SQL.',
    hint: 'Write one statement.',
    problems: [wholeProblem('query.empty', 'Write one statement.')],
  });
}

function listTooLong(source: string) {
  return inputError({
    code: 'query.list-too-long',
    message: `{{ ${source} }} has more than ${maxListLength} values.`,
    hint: 'Filter the list first.',
  });
}

/** Equal column names get numbers; names that would reach the prototype chain get a mark. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base =
      name === '__proto__' || name === 'constructor' || name === 'prototype'
        ? `${name}_`
        : name === ''
          ? 'column'
          : name;
    let unique = base;
    for (let number = 2; taken.has(unique); number += 1) unique = `${base}_${number}`;
    taken.add(unique);
    return unique;
  });
}

function toObject(names: readonly string[], row: readonly unknown[]): Json {
  const object: Record<string, Json> = {};
  for (let index = 0; index < names.length; index += 1) object[names[index] as string] = (row[index] ?? null) as Json;
  return object;
}

/** A value as most drivers take it: dates as text, lists and objects as JSON. */
export function plainParameter(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) return JSON.stringify(value);
  return value;
}
