import { expect, it } from 'vitest';
import type { Query } from '@fettle/definition';
import {
  addParameter,
  changeParameter,
  complainAboutParameter,
  copyQuery,
  missingParameters,
  newQuery,
  resultColumns,
  runValues,
} from './query-edit.ts';
import { asTable } from './result-table.ts';

const query: Query = {
  ...newQuery([], 'ds_1', 'sql'),
  settings: { sql: 'select * from t where a = {{ a }} and b = {{ from }} and c = {{ user.id }} and d = {{ from }}' },
};

it('names new and copied queries freely, whatever the case', () => {
  expect(query.name).toBe('query');
  expect(newQuery([{ ...query, name: 'Query' }], 'ds_1', 'sql').name).not.toBe('query');
  const copy = copyQuery(query, [query]);
  expect([copy.id === query.id, copy.name === query.name]).toEqual([false, false]);
});

it('adds, changes and checks parameters', () => {
  const one = addParameter([]);
  expect(addParameter(one)).toHaveLength(2);
  expect(changeParameter(one, 0, { type: 'integer', default: 3 })).toEqual([
    { name: 'value', type: 'integer', default: 3 },
  ]);
  expect(changeParameter([{ name: 'a', type: 'text', default: 'x' }], 0, { default: undefined })).toEqual([
    { name: 'a', type: 'text' },
  ]);
  expect(complainAboutParameter(addParameter(one), 1, 'value')).toBe('This name is taken.');
  expect(complainAboutParameter(one, 0, '1a')).toBeDefined();
});

it('finds names in the text that are no parameters yet', () => {
  expect(missingParameters(query)).toEqual(['a', 'from']);
  expect(missingParameters({ ...query, parameters: [{ name: 'a', type: 'text' }] })).toEqual(['from']);
});

it('keeps the columns of a result, from the database or from the rows', () => {
  expect(resultColumns({ data: [], columns: [{ name: 'a', type: 'integer' }] })).toEqual([
    { name: 'a', type: 'integer' },
  ]);
  expect(resultColumns({ data: [{ a: 'x' }] })).toEqual([{ name: 'a', type: 'text' }]);
  expect(resultColumns({ data: { ok: true } })).toBeUndefined();
});

it('leaves empty values out of a run, so that defaults hold', () => {
  const with2: Query = {
    ...query,
    parameters: [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text', default: 'x' },
    ],
  };
  expect(runValues(with2, { a: 'one', b: '', other: 1 })).toEqual({ a: 'one' });
});

it('shows rows as a table and anything else as it is', () => {
  expect(asTable({ data: [{ a: 1 }] })?.columns).toEqual([{ name: 'a', type: 'integer' }]);
  expect(asTable({ data: { a: 1 } })).toBeUndefined();
  expect(asTable({ data: [1, 2] })).toBeUndefined();
});
