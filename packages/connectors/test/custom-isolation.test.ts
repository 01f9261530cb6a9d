import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryRequest, QueryResult } from '@fettle/sdk';
import { unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems, type TestDatabase } from './databases.ts';

const systems = await reachableSystems();

function queryOf(database: TestDatabase) {
  return (sql: string, change: Partial<QueryRequest> = {}): Promise<QueryResult> => {
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
    return (database.session.query as NonNullable<typeof database.session.query>).call(database.session, request, calm);
  };
}

describe.runIf(systems.includes('postgres'))('custom queries on postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('postgres');
    await database.run('create table item (id int primary key, name text)');
    await database.run("insert into item values (1, 'a'), (2, 'b')");
  });
  afterAll(() => database.drop());

  it('refuse COPY from and to the client, and go on', async () => {
    const query = queryOf(database);
    for (const sql of ['copy item from stdin', 'copy item to stdout', 'copy (select 1) to stdout']) {
      await expect(query(sql, { mode: 'write' }), sql).rejects.toMatchObject({ code: 'data.sql-refused' });
    }
    expect((await query('select count(*)::int as count from item')).data).toEqual([{ count: 2 }]);
  });

  it('leave no role, setting, lock, table or statement to the next caller', async () => {
    const query = queryOf(database);
    const facts = async () =>
      (
        await query(
          `select current_user::text as who, current_setting('search_path') as path, current_setting('app.person', true) as person,
            (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
            to_regclass('pg_temp.item') is null as clean, current_setting('timezone') as zone,
            (select count(*)::int from pg_prepared_statements where from_sql) as prepared`,
        )
      ).data;
    const before = await facts();
    for (const sql of [
      "select set_config('search_path', 'nowhere', false), set_config('app.person', 'somebody', false)",
      'set role pg_read_all_data',
      "set timezone = 'Asia/Tokyo'",
      'select pg_advisory_lock(4711)',
      'create temp table item (id int)',
      'prepare mine as select 1',
      'set session characteristics as transaction read only',
    ]) {
      await query(sql, { mode: 'write' });
      expect(await facts(), sql).toMatchObject([
        { ...(before as readonly object[])[0], person: expect.toSatisfy((value) => !value) },
      ]);
    }
    await query("insert into item values (3, 'c')", { mode: 'write' });
  });

  it('give up a row that is too large to be held', async () => {
    const query = queryOf(database);
    await expect(query("select repeat('x', 70 * 1024 * 1024) as much")).rejects.toMatchObject({ kind: 'upstream' });
    expect((await query('select 1 as one')).data).toEqual([{ one: 1 }]);
  });

  it('end when the connection does', async () => {
    const query = queryOf(database);
    await expect(query('select pg_terminate_backend(pg_backend_pid())', { mode: 'write' })).rejects.toBeInstanceOf(
      Error,
    );
    expect((await query('select 1 as one')).data).toEqual([{ one: 1 }]);
  });

  it('say what the database said', async () => {
    await expect(queryOf(database)('select nothing from item')).rejects.toThrow(/column "nothing" does not exist/);
  });
});

describe.runIf(systems.includes('mysql'))('custom queries on mysql', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('mysql');
    await database.run('create table item (id int primary key, name varchar(40))');
    await database.run("insert into item values (1, 'a'), (2, 'b'), (3, 'c')");
    await database.run("create procedure sneak() begin commit; insert into item values (9, 'sneaked'); end");
  });
  afterAll(() => database.drop());

  it('that read cannot commit, define or drop anything', async () => {
    const query = queryOf(database);
    for (const sql of [
      'drop table item',
      'truncate table item',
      'alter table item add column more int',
      'create user sneaked_in',
      'call sneak()',
      'optimize table item',
      "load data local infile '/etc/passwd' into table item",
    ]) {
      await expect(query(sql), sql).rejects.toMatchObject({ kind: 'input' });
    }
    expect((await query('select count(*) as count from item')).data).toEqual([{ count: 3 }]);
    await query("update item set name = 'z' where id = 1", { mode: 'write' });
  });

  it('leave no variable, mode, lock, database or limit to the next caller', async () => {
    const query = queryOf(database);
    const facts = async () =>
      (
        await query(
          "select @person as person, @@sql_mode as mode, database() as name, is_free_lock('mine') as free, @@sql_select_limit as most",
        )
      ).data;
    const before = await facts();
    for (const sql of [
      "set @person = 'somebody'",
      "select 'x' into @person",
      "set session sql_mode = ''",
      'use mysql',
      "select get_lock('mine', 1) as mine",
      'lock tables item read',
    ]) {
      await query(sql, { mode: 'write' });
      expect(await facts(), sql).toEqual(before);
    }
    await expect(query('select nothing from item', { maxRows: 1 })).rejects.toMatchObject({ kind: 'input' });
    expect((await query('select id from item')).data).toHaveLength(3);
  });
});

describe.runIf(systems.includes('sqlite'))('custom queries on sqlite', () => {
  it('cannot make a value that is too large to be held', async () => {
    const database = await createDatabase('sqlite');
    await expect(queryOf(database)('select zeroblob(900000000) as much')).rejects.toMatchObject({ kind: 'input' });
    await database.drop();
  });
});
