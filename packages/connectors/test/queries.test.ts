import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryRequest, QueryResult, SchemaDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems, type TestDatabase } from './databases.ts';

const systems = await reachableSystems();

const endless = {
  postgres: 'select pg_sleep(60)',
  mysql: 'select benchmark(1000000000000, md5(1))',
  sqlite: 'with recursive c (x) as (select 1 union all select x + 1 from c) select count(*) from c',
} as const;

describe.each(systems)('custom queries on %s', (system) => {
  let database: TestDatabase;
  const query = (sql: string, change: Partial<QueryRequest> = {}, signal = calm.signal): Promise<QueryResult> => {
    const request: QueryRequest = {
      kind: 'sql',
      settings: { sql },
      parameters: {},
      scope: {},
      mode: 'read',
      timeoutMs: 10_000,
      maxRows: 100,
      ...change,
    };
    return (database.session.query as NonNullable<typeof database.session.query>).call(database.session, request, {
      ...calm,
      signal,
    });
  };

  beforeAll(async () => {
    database = await createDatabase(system);
    await database.run('create table item (id integer primary key, name varchar(40), price decimal(10, 2))');
    for (let id = 1; id <= 30; id += 1) await database.run(`insert into item values (${id}, 'item ${id}', ${id}.5)`);
  });

  afterAll(() => database.drop());

  it('bind parameters, and tell the columns of the result', async () => {
    const result = await query(
      'select id, name, price from item where id > {{ from }} and name <> {{ params.from + user.name }} order by id limit 2;',
      {
        parameters: { from: 3 },
        scope: { user: { name: "x' or 1=1 --" } },
      },
    );
    expect(result).toMatchObject({
      data: [
        { id: 4, name: 'item 4', price: '4.50' },
        { id: 5, name: 'item 5', price: '5.50' },
      ],
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
        { name: 'price', type: 'decimal' },
      ],
      truncated: false,
    });
  });

  it('call functions of plugins, and keep to those that they are given', async () => {
    const functions = (expression: string) => ({
      '$shop.least': { parameters: [{ name: 'n', type: 'number' }], returns: 'number', expression } as const,
    });
    const find = async (change: Partial<QueryRequest>) =>
      (await query('select id from item where id > {{ $shop.least(from) }} order by id limit 1', change)).data;
    const parameters = { from: 3 };
    expect(await find({ parameters, functions: functions('n * 2') })).toEqual([{ id: 7 }]);
    // The statement is the same, and was taken apart before: another version of the function counts all the same.
    expect(await find({ parameters, functions: functions('n * 4') })).toEqual([{ id: 13 }]);
    await expect(find({ parameters })).rejects.toThrow('There is no function "$shop.least".');
    await expect(find({ parameters: { from: 'x' }, functions: functions('round(n)') })).rejects.toThrow(
      '{{ $shop.least(from) }}: In $shop.least: A number is expected here.',
    );
  });

  it('spread a list within in (…)', async () => {
    const find = async (ids: readonly number[]) =>
      (await query('select id from item where id in ({{ ids }}) order by id', { parameters: { ids } })).data;
    expect(await find([2, 4])).toEqual([{ id: 2 }, { id: 4 }]);
    expect(await find([])).toEqual([]);
  });

  it.each([
    ["select '{{ x }}'", 9],
    ["select 'it''s {{ x }}'", 15],
    ['select 1 /* {{ x }} */', 13],
    ['select 1 -- {{ x }}', 13],
    [system === 'mysql' ? 'select `{{ x }}`' : 'select "{{ x }}"', 9],
  ])('refuse a binding that could become text: %s', async (sql, column) => {
    await expect(query(sql, { parameters: { x: 1 } })).rejects.toMatchObject({
      kind: 'input',
      code: 'query.binding-misplaced',
      problems: [{ message: expect.stringContaining(`Line 1, column ${column}:`) }],
    });
  });

  it('refuse a second statement, placeholders of the database, and values that are missing', async () => {
    await expect(query("select ';' ; delete from item")).rejects.toMatchObject({ code: 'query.several-statements' });
    await expect(query(system === 'postgres' ? 'select $1' : 'select ?')).rejects.toMatchObject({
      code: 'query.placeholder',
    });
    await expect(query('select {{ nothing }}')).rejects.toMatchObject({ kind: 'input' });
    await expect(query('select {{ user.none }}', { scope: { user: {} } })).rejects.toMatchObject({
      code: 'query.value-missing',
    });
    expect((await query('select {{ user.none ?? null }} as v', { scope: { user: {} } })).data).toEqual([{ v: null }]);
  });

  it('cannot write when they are declared as reading, and can otherwise', async () => {
    await expect(query("update item set name = 'x'")).rejects.toMatchObject({ kind: 'input', code: 'data.read-only' });
    const result = await query('update item set name = {{ name }} where id = 30', {
      mode: 'write',
      parameters: { name: 'thirty' },
    });
    expect(result).toMatchObject({ affectedRows: 1, data: [] });
    expect((await query('select name from item where id = 30')).data).toEqual([{ name: 'thirty' }]);
  });

  it('stop at the row cap and say so', async () => {
    for (const sql of ['select id from item order by id', 'select id from item order by id limit 25']) {
      const result = await query(sql, { maxRows: 10 });
      expect(result.data).toHaveLength(10);
      expect(result.truncated).toBe(true);
    }
    expect((await query('select id from item', { maxRows: 30 })).truncated).toBe(false);
  });

  it('give equal column names numbers', async () => {
    expect((await query('select 1 as a, 2 as a')).data).toEqual([{ a: 1, a_2: 2 }]);
  });

  it('are cancelled on the server when time runs out or the caller goes, and the connection stays of use', async () => {
    const running = async (): Promise<number> => {
      if (system === 'postgres')
        return (
          await database.run(
            "select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%' and pid <> pg_backend_pid() and datname = current_database()",
          )
        ).length;
      if (system === 'mysql')
        return (
          await database.run(
            "select 1 from information_schema.processlist where info like '%benchmark(1000000%' and id <> connection_id() and db = database()",
          )
        ).length;
      return 0;
    };
    await expect(query(endless[system], { timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'timeout',
      code: 'data.timeout',
    });
    const abort = new AbortController();
    const aborted = expect(query(endless[system], {}, abort.signal)).rejects.toMatchObject({
      kind: 'timeout',
      code: 'data.cancelled',
    });
    await wait(150);
    abort.abort();
    await aborted;
    for (let tries = 0; tries < 40 && (await running()) > 0; tries += 1) await wait(50);
    expect(await running()).toBe(0);
    expect((await query('select 7 as seven')).data).toEqual([{ seven: 7 }]);
  });

  it('do not keep others waiting', async () => {
    const slow = query(endless[system], { timeoutMs: 400 }).catch(() => 'ended');
    const schema = (await database.session.introspect?.(calm)) as SchemaDescription;
    const { rows } = await (database.session.tables as TablesCapability).list(
      { table: 'item', limit: 1 },
      schema,
      calm,
    );
    expect(rows).toHaveLength(1);
    expect(await slow).toBe('ended');
  });
});

describe.runIf(systems.includes('sqlite'))('custom queries on sqlite', () => {
  it('reach nothing but their own file', async () => {
    const database = await createDatabase('sqlite');
    const run = (sql: string) =>
      database.session.query?.(
        { kind: 'sql', settings: { sql }, parameters: {}, scope: {}, mode: 'write', timeoutMs: 5000, maxRows: 10 },
        calm,
      );
    for (const sql of [
      "attach '/tmp/other.db' as other",
      'pragma journal_mode = delete',
      'pragma writable_schema = 1',
      "select load_extension('x')",
      'commit',
      "vacuum into '/tmp/copy.db'",
    ]) {
      await expect(run(sql), sql).rejects.toMatchObject({ kind: 'input' });
    }
    await database.drop();
  });
});
