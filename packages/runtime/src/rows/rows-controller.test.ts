import type { DataSetting } from '@fettle/definition';
import type { ListResult, TableDescription } from '@fettle/sdk';
import { describe, expect, it } from 'vitest';
import { createFakeServer } from '../testing/test-app.tsx';
import { createDataHost } from '../client/data-host.ts';
import { createFirstAnswers, type FirstAnswers } from '../first-screen/first-answers.ts';
import { createProblems } from '../state/problems.ts';
import { createQueryStore } from '../state/query-store.ts';
import { createRowsController } from './rows-controller.ts';

const people: TableDescription = {
  id: 'people',
  name: 'people',
  kind: 'table',
  columns: [],
  primaryKey: ['id'],
  uniqueKeys: [],
  writable: true,
  relations: [{ name: 'team', kind: 'one', table: 'teams', columns: ['team_id'], foreignColumns: ['id'] }],
};
const place = { dataSource: 'ds_1', table: 'people' };
const table: DataSetting = { kind: 'table', ...place };

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

function start(firstAnswers?: FirstAnswers) {
  const server = createFakeServer();
  const data = createDataHost({
    client: server.client,
    facts: () => ({ tables: { 'ds_1/people': people }, version: '1', isWriteQuery: (id) => id === 'qry_write' }),
  });
  const queries = createQueryStore({ data, find: () => undefined, problems: createProblems() });
  const rows = createRowsController({ data, queries, firstAnswers });
  const requests = (): Record<string, unknown>[] =>
    server.calls
      .filter(({ kind }) => kind === 'list')
      .map(({ input }) => (input as { request: Record<string, unknown> }).request);
  return { server, data, rows, requests, queries };
}

const numbered = (from: number, count: number, next?: string): ListResult => ({
  rows: Array.from({ length: count }, (_, index) => ({ id: from + index })),
  ...(next === undefined ? {} : { next }),
});

describe('rows that came with the page', () => {
  const question = { kind: 'list', ...place, request: { limit: 2 } } as const;

  it('are there before anything is asked, and are not asked for again', async () => {
    const answers = createFirstAnswers([{ question, reply: numbered(1, 2, 'c2') }]);
    const { server, data, rows, requests } = start(answers);
    rows.begin(table, { pageSize: 2 });
    const before = rows.state.value;
    expect(before).toMatchObject({ isLoading: false, isFetching: false, hasMore: true, table: people });
    expect(before.rows).toEqual([{ id: 1 }, { id: 2 }]);
    rows.want(table, { pageSize: 2 });
    await turns();
    expect([rows.state.value, requests()]).toEqual([before, []]);
    server.list = ({ cursor }) => (cursor === undefined ? numbered(11, 2) : numbered(3, 1));
    rows.state.value.loadMore();
    await turns();
    expect([rows.state.value.rows.length, requests()]).toEqual([3, [{ limit: 2, cursor: 'c2' }]]);
    await data.create(place, [{ id: 9 }]);
    await turns();
    expect(rows.state.value.rows).toEqual([{ id: 11 }, { id: 12 }]);
  });

  it('are used for the very same wish only', async () => {
    const { rows, requests } = start(createFirstAnswers([{ question, reply: numbered(1, 2) }]));
    rows.begin(table, { pageSize: 3 });
    expect(rows.state.value).toMatchObject({ isLoading: true, rows: [] });
    rows.want(table, { pageSize: 3 });
    await turns();
    expect(requests()).toEqual([{ limit: 3 }]);
  });

  it('are shown by another wish until its own rows are there', async () => {
    const { rows, requests } = start(createFirstAnswers([{ question, reply: numbered(1, 2) }]));
    rows.begin(table, { pageSize: 2 });
    rows.want(table, { pageSize: 2, search: { text: 'x' } });
    expect(rows.state.value).toMatchObject({ isLoading: false, isFetching: true, rows: [{ id: 1 }, { id: 2 }] });
    await turns();
    expect(requests()).toEqual([{ limit: 2, search: { text: 'x' } }]);
  });

  it('are forgotten once the page is there', () => {
    const answers = createFirstAnswers([{ question, reply: numbered(1, 2) }]);
    answers.drop();
    const { rows } = start(answers);
    rows.begin(table, { pageSize: 2 });
    expect(rows.state.value).toMatchObject({ isLoading: true, rows: [] });
  });
});

describe('rows of a table', () => {
  it('come in pages that follow one another', async () => {
    const { server, rows, requests } = start();
    server.list = ({ cursor }) => (cursor === undefined ? numbered(1, 2, 'c2') : numbered(3, 1));
    rows.want(table, { pageSize: 2 });
    expect(rows.state.value).toMatchObject({ isLoading: true, isFetching: true, rows: [] });
    await turns();
    expect(rows.state.value).toMatchObject({ hasMore: true, isLoading: false, table: people });
    rows.state.value.loadMore();
    await turns();
    expect(rows.state.value.rows.map((row) => row['id'])).toEqual([1, 2, 3]);
    expect(rows.state.value.hasMore).toBe(false);
    expect(requests().map(({ cursor }) => cursor)).toEqual([undefined, 'c2']);
  });

  it('are asked for once for equal wishes, and only for the last of several', async () => {
    const { rows, requests } = start();
    rows.want(table, { pageSize: 2, search: { text: 'a' } });
    rows.want(table, { pageSize: 2, search: { text: 'ab' } });
    rows.want(table, { pageSize: 2, search: { text: 'ab' } });
    await turns();
    rows.want(table, { pageSize: 2, search: { text: 'ab' } });
    await turns();
    expect(requests()).toEqual([{ limit: 2, search: { text: 'ab' } }]);
  });

  it('stay visible while newer ones are on their way; late answers are dropped', async () => {
    const { server, rows } = start();
    const waiting: ((result: ListResult) => void)[] = [];
    server.list = () => new Promise((resolve) => waiting.push(resolve));
    rows.want(table, { page: 0, pageSize: 2 });
    await turns();
    waiting[0]?.(numbered(1, 2));
    await turns();
    rows.want(table, { page: 1, pageSize: 2 });
    await turns();
    rows.want(table, { page: 2, pageSize: 2 });
    await turns();
    expect(rows.state.value).toMatchObject({ isLoading: false, isFetching: true, rows: [{ id: 1 }, { id: 2 }] });
    waiting[2]?.(numbered(5, 2));
    waiting[1]?.(numbered(3, 2));
    await turns();
    expect(rows.state.value.rows[0]).toEqual({ id: 5 });
    expect(server.calls[1]?.signal?.aborted).toBe(true);
  });

  it('leave out optional conditions without a value and wait for the others', async () => {
    const { rows, requests } = start();
    const filtered = (value: unknown, optional: boolean): DataSetting => ({
      ...table,
      kind: 'table',
      filter: { and: [{ column: 'name', operator: 'contains', value: value as never, optional }] },
    });
    rows.want(filtered('', true), { pageSize: 2 });
    await turns();
    rows.want(filtered('ada', true), { pageSize: 2 });
    await turns();
    rows.want(filtered(undefined, false), { pageSize: 2 });
    await turns();
    expect(requests()).toEqual([
      { limit: 2 },
      { limit: 2, filter: { and: [{ column: 'name', operator: 'contains', value: 'ada' }] } },
    ]);
    expect(rows.state.value).toMatchObject({ rows: [], isLoading: false, isFetching: false });
  });

  it('are fetched again after changes here, in related tables, and by write queries', async () => {
    const { rows, data, requests } = start();
    rows.want(table, { pageSize: 2, expand: { team: {} } });
    await turns();
    await data.update(place, [{ key: { id: 1 }, values: { name: 'Ada' } }]);
    await turns();
    await data.delete({ dataSource: 'ds_1', table: 'teams' }, [{ id: 1 }]);
    await turns();
    await data.runQuery('qry_write', {});
    await turns();
    await data.create({ dataSource: 'ds_1', table: 'others' }, [{}]);
    await turns();
    expect(requests()).toHaveLength(4);
  });

  it('keep what is there when a request fails, with the error, and recover on refresh', async () => {
    const { server, rows } = start();
    server.list = () => numbered(1, 2);
    rows.want(table, {});
    await turns();
    server.list = () => Promise.reject(new TypeError('Away.'));
    await rows.refresh();
    expect(rows.state.value).toMatchObject({
      rows: [{ id: 1 }, { id: 2 }],
      error: { message: 'Away.' },
      isFetching: false,
    });
    server.list = () => numbered(7, 1);
    await rows.refresh();
    expect(rows.state.value.error).toBeUndefined();
    expect(rows.state.value.rows).toEqual([{ id: 7 }]);
  });

  it('are not waited for after the component has gone', async () => {
    const { server, rows } = start();
    server.list = () => new Promise(() => undefined);
    rows.want(table, {});
    await turns();
    rows.dispose();
    expect(server.calls[0]?.signal?.aborted).toBe(true);
  });
});

describe('requests', () => {
  it('that are the same at the same time are one', async () => {
    const { data, server } = start();
    const stop = new AbortController();
    const [one, other] = [data.list(place, { limit: 5 }), data.list(place, { limit: 5 }, stop.signal)];
    stop.abort();
    await expect(one).resolves.toEqual({ rows: [] });
    await expect(other).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.calls).toHaveLength(1);
  });

  it('made after a change do not join one from before it', async () => {
    const { data, server } = start();
    const before = data.list(place, { limit: 5 });
    await data.create(place, [{ id: 1 }]);
    await Promise.all([before, data.list(place, { limit: 5 })]);
    expect(server.calls.filter(({ kind }) => kind === 'list')).toHaveLength(2);
  });
});

describe('rows that are all here', () => {
  it('are searched and sorted in the browser', () => {
    const { rows } = start();
    const list = [
      { name: 'Grace', age: 85 },
      { name: 'Ada', age: 36 },
      { name: 'Alan', age: 41 },
    ];
    rows.want(
      { kind: 'rows', rows: list as never },
      { search: { text: 'a' }, sort: [{ column: 'age', direction: 'descending' }] },
    );
    expect(rows.state.value.rows.map((row) => row['name'])).toEqual(['Grace', 'Alan', 'Ada']);
    rows.want({ kind: 'rows', rows: [1, 2] as never }, {});
    expect(rows.state.value.rows).toEqual([{ value: 1 }, { value: 2 }]);
    rows.want({ kind: 'rows', rows: undefined as never }, {});
    expect(rows.state.value.rows).toEqual([]);
  });
});
