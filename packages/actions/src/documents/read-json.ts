import { inputError, type Json, type Problem } from '@fettle/base';
import { valueAtPath } from '../services/path.ts';
import { createSchemaCheck } from './json-schema.ts';
import { partsOfValue, type ValuePart } from './value-parts.ts';

/** What is read, and how it is checked. */
export interface ReadJsonOptions {
  readonly text: string;
  /** One value per line (JSON Lines). */
  readonly isLines: boolean;
  readonly path?: string;
  readonly schema?: Json;
}

/** At first what is wrong by the schema, then the value. */
export type ReadJsonPart = { readonly problems: readonly Problem[] } | ValuePart;

const maxLines = 200_000;

/** Reads JSON. Whole numbers that would lose digits come as texts, as they do everywhere in flows. */
export async function* readJson({ text, isLines, path, schema }: ReadJsonOptions): AsyncIterable<ReadJsonPart> {
  const whole = isLines ? linesOf(text) : parse(text, undefined);
  const value = path === undefined ? whole : valueAtPath(whole, path);
  if (value === undefined) throw notThere(path ?? '');
  yield { problems: schema === undefined ? [] : createSchemaCheck(schema)(value) };
  yield* partsOfValue(value);
}

function linesOf(text: string): readonly Json[] {
  const lines = text.split('\n');
  if (lines.length > maxLines) throw invalid(`It has more than ${maxLines} lines.`);
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parse(line, index + 1)]));
}

function parse(text: string, line: number | undefined): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''), exact as (key: string, value: unknown) => unknown) as Json;
  } catch (cause) {
    if (cause instanceof RangeError) throw invalid('It is nested too deeply.', cause);
    const reason = (cause as Error).message.replaceAll(/\s+/g, ' ').slice(0, 200);
    throw invalid(`${line === undefined ? '' : `Line ${line}: `}${reason}.`, cause);
  }
}

function exact(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(context.source ?? '') ? context.source : value;
}

function invalid(reason: string, cause?: unknown) {
  return inputError({
    code: 'json.invalid',
    message: `The JSON cannot be read. ${reason}`,
    hint: 'Look at that place, and whether it is JSON at all.',
    cause,
  });
}

function notThere(path: string) {
  return inputError({
    code: 'json.path-missing',
    message: `There is nothing at "${path.slice(0, 100)}".`,
    hint: 'Look at the whole value: run the step once without a path.',
  });
}
