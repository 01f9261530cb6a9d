import { inputError, type Json, type Problem } from '@fettle/base';
import { createSchemaCheck } from './json-schema.ts';

/** What is written, and how it is checked. */
export interface WriteJsonOptions {
  readonly value: Json;
  readonly format: 'compact' | 'indented' | 'lines';
  readonly schema?: Json;
}

/** Writes JSON, or throws what the schema does not allow. */
export async function* writeJson({ value, format, schema }: WriteJsonOptions): AsyncIterable<string> {
  const problems = schema === undefined ? [] : createSchemaCheck(schema)(value);
  if (problems.length > 0) throw notFitting(problems);
  if (format !== 'lines') {
    yield `${JSON.stringify(value, null, format === 'indented' ? 2 : undefined)}${format === 'indented' ? '\n' : ''}`;
    return;
  }
  if (!Array.isArray(value)) throw notAList();
  yield (value as readonly Json[]).map((item) => `${JSON.stringify(item)}\n`).join('');
}

/** The error of a value that a schema does not allow. */
export function notFitting(problems: readonly Problem[]) {
  const [first] = problems;
  return inputError({
    code: 'json.not-fitting',
    message: `The value does not fit the schema: ${first?.path === '' ? '' : `${first?.path ?? ''} `}${first?.message ?? ''}`,
    hint: 'Look at the places that are named.',
    problems,
  });
}

function notAList() {
  return inputError({
    code: 'json.not-a-list',
    message: 'Only a list can be written line by line.',
    hint: 'Give a list, or write it as one value.',
  });
}
