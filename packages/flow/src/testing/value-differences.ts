import { isJsonObject, jsonEquals, type Json } from '@fettle/base';
import { pointer } from '@fettle/definition';

/** A place where a value is not what it should be. */
export interface ValueDifference {
  /** Pointer into the value. */
  readonly path: string;
  /** Goes on after the place: `is 1 instead of 2`. */
  readonly words: string;
  readonly expected?: Json;
  readonly actual?: Json;
}

const most = 20;

/** Where a value differs from what it must be exactly. */
export function exactDifferences(expected: Json, actual: Json | undefined): readonly ValueDifference[] {
  return collect(expected, actual, false);
}

/**
 * Where a value lacks what it must have among more: members of objects at any depth, and of a list for each expected item
 * one that includes it.
 */
export function partialDifferences(expected: Json, actual: Json | undefined): readonly ValueDifference[] {
  return collect(expected, actual, true);
}

function collect(expected: Json, actual: Json | undefined, isPartial: boolean): readonly ValueDifference[] {
  const found: ValueDifference[] = [];
  compare({ isPartial, found }, expected, actual, '');
  return found;
}

interface Comparison {
  readonly isPartial: boolean;
  readonly found: ValueDifference[];
}

function compare(comparison: Comparison, expected: Json, actual: Json | undefined, path: string): void {
  const { isPartial, found } = comparison;
  if (found.length >= most || jsonEquals(expected, actual)) return;
  if (isJsonObject(expected) && isJsonObject(actual)) compareObjects(comparison, expected, actual, path);
  else if (Array.isArray(expected) && Array.isArray(actual)) {
    const lists = { expected: expected as readonly Json[], actual: actual as readonly Json[] };
    if (isPartial) searchItems(comparison, lists, path);
    else compareLists(comparison, lists, path);
  } else
    found.push({
      path,
      words:
        actual === undefined
          ? `is missing; it should be ${valueText(expected)}`
          : `is ${valueText(actual)} instead of ${valueText(expected)}`,
      expected,
      ...(actual === undefined ? {} : { actual }),
    });
}

function compareObjects(
  comparison: Comparison,
  expected: Readonly<Record<string, Json>>,
  actual: Readonly<Record<string, Json>>,
  path: string,
): void {
  for (const [key, value] of Object.entries(expected)) {
    const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
    compare(comparison, value, found, pointer(path, key));
  }
  if (comparison.isPartial) return;
  for (const [key, value] of Object.entries(actual))
    if (!Object.hasOwn(expected, key))
      comparison.found.push({
        path: pointer(path, key),
        words: `is ${valueText(value)} and should not be there`,
        actual: value,
      });
}

interface Lists {
  readonly expected: readonly Json[];
  readonly actual: readonly Json[];
}

function compareLists(comparison: Comparison, { expected, actual }: Lists, path: string): void {
  if (expected.length !== actual.length)
    comparison.found.push({
      path,
      words: `has ${countText(actual.length)} instead of ${expected.length}`,
      expected,
      actual,
    });
  for (let index = 0; index < Math.min(expected.length, actual.length); index += 1)
    compare(comparison, expected[index] ?? null, actual[index], `${path}/${index}`);
}

function searchItems(comparison: Comparison, { expected, actual }: Lists, path: string): void {
  for (const item of expected) {
    if (actual.some((one) => partialDifferences(item, one).length === 0)) continue;
    comparison.found.push({ path, words: `has no item that includes ${valueText(item)}`, expected: item, actual });
  }
}

const countText = (count: number): string => `${count} item${count === 1 ? '' : 's'}`;

/** A value in a sentence: short ones as JSON, long ones cut. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
