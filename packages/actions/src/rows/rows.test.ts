import { describe, expect, it } from 'vitest';
import { peopleData as data, peopleRows, withPeople } from '../testing/people-table.ts';
import { runAction } from '../testing/run-action.ts';

const run = (name: string, settings: Readonly<Record<string, unknown>>) =>
  runAction(name, { data, ...settings }, withPeople);

describe('actions on rows', () => {
  it('find rows by filter, in order, up to a limit', async () => {
    const { output } = await run('list-rows', {
      filter: { column: 'team', operator: 'equal', value: 'red' },
      sort: [{ column: 'age', direction: 'ascending' }],
      limit: 1,
    });
    expect(output).toEqual({ rows: [peopleRows[2]], first: peopleRows[2], count: 1, hasMore: true });
    await expect(run('list-rows', { filter: { column: 'team', operator: 'like' } })).rejects.toMatchObject({
      code: 'action.filter-invalid',
    });
  });

  it('find more rows than a page holds', async () => {
    const many = Array.from({ length: 2_500 }, (_, id) => ({ id, name: `n${id}` }));
    const { output } = await runAction('list-rows', { data, limit: 2_200 }, { ...withPeople, rows: { people: many } });
    expect(output).toMatchObject({ count: 2_200, hasMore: true });
  });

  it('get one row, and say what to do when it is gone', async () => {
    expect((await run('get-row', { key: { id: 2, name: 'x' } })).output).toEqual({ found: true, row: peopleRows[1] });
    expect((await run('get-row', { key: 9, whenMissing: 'empty' })).output).toEqual({ found: false, row: null });
    await expect(run('get-row', { key: 9 })).rejects.toMatchObject({ code: 'row.unknown', kind: 'not-found' });
    await expect(run('get-row', { key: null })).rejects.toMatchObject({ code: 'action.row-missing' });
  });

  it('create, update and delete', async () => {
    const made = await run('create-row', { values: { name: 'Di' } });
    expect(made.output).toMatchObject({ row: { name: 'Di' } });
    expect(made.rows.rowsOf('people')).toHaveLength(4);
    const changed = await run('update-row', { key: [1, { id: 3 }], values: { team: 'green' } });
    expect(changed.output).toMatchObject({ count: 2 });
    expect(changed.rows.rowsOf('people').map(({ team }) => team)).toEqual(['green', 'blue', 'green']);
    const deleted = await run('delete-row', { key: [1, 99], whenMissing: 'skip' });
    expect(deleted.output).toEqual({ count: 1 });
    await expect(run('delete-row', { key: 99 })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('create or update by the columns that say which row it is', async () => {
    const known = await run('upsert-row', { match: ['name'], values: { name: 'Bob', age: 52 } });
    expect(known.output).toEqual({ row: { ...peopleRows[1], age: 52 }, created: false });
    const fresh = await run('upsert-row', { match: ['name'], values: { name: 'Eve' } });
    expect(fresh.output).toMatchObject({ created: true });
    await expect(run('upsert-row', { match: ['team'], values: { team: 'red' } })).rejects.toMatchObject({
      code: 'action.match-ambiguous',
    });
    await expect(run('upsert-row', { match: ['age'], values: { name: 'Eve' } })).rejects.toMatchObject({
      code: 'action.match-missing',
    });
  });

  it('count and sum in groups', async () => {
    const { output } = await run('aggregate-rows', {
      groupBy: ['team'],
      measures: [
        { name: 'people', function: 'count' },
        { name: 'oldest', function: 'maximum', column: 'age' },
      ],
    });
    expect(output).toMatchObject({
      rows: expect.arrayContaining([{ team: 'red', people: 2, oldest: 36 }]) as unknown,
      truncated: false,
    });
    await expect(run('aggregate-rows', { measures: [{ name: 'n', function: 'sum' }] })).rejects.toMatchObject({
      code: 'action.incomplete',
    });
  });

  it('change many rows in parts', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => ({ name: `n${index}` }));
    const made = await run('bulk-rows', { operation: 'create', rows });
    expect(made.output).toEqual({ count: 1_200, rows: [] });
    expect(made.rows.requests.filter(({ method }) => method === 'create')).toHaveLength(3);
    const changed = await run('bulk-rows', { operation: 'update', rows: [{ id: 1, age: 37 }], returnRows: true });
    expect(changed.output).toEqual({ count: 1, rows: [{ ...peopleRows[0], age: 37 }] });
    const gone = await run('bulk-rows', { operation: 'delete', rows: [{ id: 1 }, { id: 2 }] });
    expect(gone.output).toEqual({ count: 2, rows: [] });
    await expect(run('bulk-rows', { operation: 'create', rows: [1] })).rejects.toMatchObject({
      code: 'action.row-invalid',
    });
  });

  it('run queries of the app', async () => {
    const { output } = await runAction(
      'run-query',
      { query: 'qry_1', parameters: { n: 2 } },
      { queries: { qry_1: ({ n }) => [{ n: n ?? null }] } },
    );
    expect(output).toEqual({ data: [{ n: 2 }], truncated: false });
  });
});
