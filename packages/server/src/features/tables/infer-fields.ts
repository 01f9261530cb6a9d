import type { FieldSpecification, FieldType } from '@fettle/sdk';
import type { CsvContent } from './read-csv.ts';
import { fieldNameFrom } from '../internal-data/structure-names.ts';

const maxSelectOptions = 12;

/** Columns for a new table out of a CSV: a name and type for each, from all its values. */
export function inferFields(content: CsvContent): readonly FieldSpecification[] {
  const taken = new Set<string>(['id']);
  return content.header.map((title, position) => {
    const name = fieldNameFrom(title, (candidate) => taken.has(candidate.toLowerCase()));
    taken.add(name.toLowerCase());
    const values = content.rows.map((row) => row[position]?.text.trim() ?? '').filter((value) => value !== '');
    return { name, ...inferType(values) };
  });
}

const patterns: readonly (readonly [FieldType, RegExp])[] = [
  ['boolean', /^(true|false|yes|no)$/i],
  // A leading zero means something: post codes and serial numbers stay text.
  ['integer', /^-?(0|[1-9]\d{0,17})$/],
  ['decimal', /^-?(0|[1-9]\d{0,15})(\.\d{1,12})?$/],
  ['date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/],
  ['datetime', /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['url', /^https?:\/\/\S+$/i],
];

function inferType(values: readonly string[]): Omit<FieldSpecification, 'name'> {
  if (values.length === 0) return { type: 'text' };
  const found = patterns.find(([, pattern]) => values.every((value) => pattern.test(value)))?.[0];
  if (found === 'decimal')
    return { type: 'decimal', scale: Math.max(2, ...values.map((value) => value.split('.')[1]?.length ?? 0)) };
  if (found !== undefined) return { type: found };
  if (values.some((value) => value.length > 200 || value.includes('\n'))) return { type: 'longText' };
  const options = [...new Set(values)];
  const isSelect =
    values.length >= 20 && options.length <= maxSelectOptions && options.every((option) => option.length <= 40);
  return isSelect ? { type: 'select', options: options.sort() } : { type: 'text' };
}
