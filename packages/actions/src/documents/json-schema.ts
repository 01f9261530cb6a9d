import { inputError, isJsonObject, type Json, type Problem } from '@fettle/base';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';

const maxProblems = 20;
const maxSchemaCharacters = 200_000;

/**
 * A check of values by a JSON Schema (draft-07 or 2020-12): answers what is wrong, at most 20 problems. Patterns run in
 * an engine whose time grows with the text only, so that nobody can send what it never ends on.
 */
export function createSchemaCheck(schema: Json): (value: Json) => readonly Problem[] {
  const validate = compile(schemaObject(schema));
  return (value) => {
    try {
      if (validate(value)) return [];
    } catch (cause) {
      throw badSchema('It refers to itself without end.', cause);
    }
    return (validate.errors ?? []).slice(0, maxProblems).map((error) => ({
      path: error.instancePath,
      message: messageOf(error),
      code: error.keyword,
    }));
  };
}

/** A schema as a builder gave it: an object, or its text. */
export function schemaObject(schema: Json): Readonly<Record<string, Json>> {
  let value: unknown = schema;
  if (typeof schema === 'string') {
    try {
      value = JSON.parse(schema);
    } catch (cause) {
      throw badSchema('It is not JSON.', cause);
    }
  }
  if (isJsonObject(value as Json)) return value as Readonly<Record<string, Json>>;
  throw badSchema('It is not an object.');
}

function compile(schema: Readonly<Record<string, Json>>): ValidateFunction {
  if (JSON.stringify(schema).length > maxSchemaCharacters) throw badSchema('It is too large.');
  const isNew = String(schema['$schema'] ?? '').includes('2020-12');
  const options = {
    allErrors: true,
    strict: false,
    ownProperties: true,
    code: { regExp: safePattern as never },
  };
  const ajv = isNew ? new Ajv2020(options) : new Ajv(options);
  (addFormats as unknown as (instance: unknown, options: object) => void)(ajv, { mode: 'fast' });
  try {
    return ajv.compile(schema);
  } catch (cause) {
    throw badSchema((cause as Error).message.slice(0, 300), cause);
  }
}

function safePattern(pattern: string): { readonly test: (text: string) => boolean } {
  const compiled = RE2JS.compile(pattern);
  return { test: (text) => compiled.matcher(text).find() };
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return `"${String(params['missingProperty'])}" is missing.`;
  if (keyword === 'additionalProperties') return `"${String(params['additionalProperty'])}" is not expected.`;
  if (keyword === 'enum') return `It must be one of ${JSON.stringify(params['allowedValues']).slice(0, 200)}.`;
  const text = `It ${message ?? 'does not fit'}.`;
  return text.slice(0, 300);
}

function badSchema(reason: string, cause?: unknown) {
  return inputError({
    code: 'action.schema-invalid',
    message: `The JSON Schema cannot be used: ${reason}`,
    hint: 'Write an object such as {"type":"object","properties":{"amount":{"type":"number"}}}.',
    cause,
  });
}
