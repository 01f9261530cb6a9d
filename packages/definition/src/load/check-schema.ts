import type { Problem } from '@fettle/base';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { pointer } from '../json-pointer.ts';

const maxProblems = 50;

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

/** Checks a value against a schema and says in plain words what does not fit. The schema is interpreted, never compiled. */
export function checkSchema(schema: TSchema, value: unknown, path: string): readonly Problem[] {
  if (Value.Check(schema, value)) return [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const error of Value.Errors(schema, value) as Iterable<SchemaError>) {
    for (const problem of explainError(error, path)) {
      if (seen.has(problem.path) || problems.length >= maxProblems) continue;
      seen.add(problem.path);
      problems.push(problem);
    }
  }
  return problems.length > 0
    ? problems
    : [{ path, code: 'schema.invalid', message: 'This does not have the right shape.' }];
}

function explainError(error: SchemaError, base: string): readonly Problem[] {
  const path = `${base}${error.instancePath}`;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'required':
      return names(params['requiredProperties']).map((name) => ({
        path: pointer(path, name),
        code: 'schema.required',
        message: `"${name}" is missing.`,
      }));
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return names(params['additionalProperties'] ?? params['unevaluatedProperties']).map((name) => ({
        path: pointer(path, name),
        code: 'schema.unknown-key',
        message: `"${name}" does not belong here.`,
      }));
    // Its parent says the same in clearer words.
    case 'boolean':
      return [];
    default:
      return [{ path, code: `schema.${error.keyword}`, message: `${sentence(error, params)}.` }];
  }
}

function sentence(error: SchemaError, params: Readonly<Record<string, unknown>>): string {
  switch (error.keyword) {
    case 'type':
      return `This must be ${article(String(params['type']))}`;
    case 'const':
      return `This must be ${JSON.stringify(params['allowedValue'])}`;
    case 'enum':
      return `This must be one of ${names(params['allowedValues']).join(', ')}`;
    case 'anyOf':
    case 'oneOf':
      return 'This has none of the allowed forms';
    case 'pattern':
      return 'This text does not have the right form';
    case 'maxLength':
    case 'maxItems':
      return `This is too long: ${String(params['limit'])} at most`;
    default:
      return `This ${error.message}`;
  }
}

function article(type: string): string {
  if (type === 'string') return 'a text';
  if (type === 'array') return 'a list';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
