import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteKnex, SqliteConnection } from './index.ts';

let folder = '';
let database: Knex;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-sqlite-'));
  database = createSqliteKnex({ filename: join(folder, 'test.db') });
});

afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

describe('createSqliteKnex', () => {
  it('opens the file with a write-ahead journal, foreign keys and full durability', async () => {
    expect(await database.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await database.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(await database.raw('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await database.raw('pragma busy_timeout')).toEqual([{ timeout: 5000 }]);
  });

  it('inserts, returns, updates, deletes and reads rows', async () => {
    await database.schema.createTable('note', (table) => {
      table.increments('id');
      table.text('text').notNullable();
      table.boolean('done').notNullable().defaultTo(false);
    });
    expect(await database('note').insert({ text: 'a' })).toEqual([1]);
    expect(await database('note').insert({ text: 'b', done: true }, ['id', 'done'])).toEqual([{ id: 2, done: 1 }]);
    expect(await database('note').where({ id: 1 }).update({ text: 'c' })).toBe(1);
    expect(await database('note').where({ id: 2 }).delete()).toBe(1);
    expect(await database('note').first('text')).toEqual({ text: 'c' });
  });

  it('keeps every digit of a 64-bit integer', async () => {
    await database.raw('create table big (id integer primary key, n integer)');
    await database('big').insert({ id: 1, n: 9007199254740993n });
    await database('big').insert({ id: 2, n: 5 });
    expect(await database('big').orderBy('id').pluck('n')).toEqual([9007199254740993n, 5]);
    expect(await database('big').where({ n: 9007199254740993n }).update({ n: -9223372036854775808n }, ['n'])).toEqual([
      { n: -9223372036854775808n },
    ]);
  });

  it('rolls a failed transaction back and leaves the connection usable', async () => {
    await database.raw('create table t (id integer primary key, v text unique)');
    const failing = database.transaction(async (trx) => {
      await trx('t').insert({ v: 'a' });
      await trx('t').insert({ v: 'a' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR', errcode: 2067 });
    expect(await database('t').count({ n: '*' })).toEqual([{ n: 0 }]);
  });

  it('nests transactions as savepoints', async () => {
    await database.raw('create table t (v text)');
    await database.transaction(async (trx) => {
      await trx('t').insert({ v: 'outer' });
      await expect(
        trx.transaction(async (inner) => {
          await inner('t').insert({ v: 'inner' });
          await inner.raw('select no_such_column from t');
        }),
      ).rejects.toThrow(/no such column/);
    });
    expect(await database('t').pluck('v')).toEqual(['outer']);
  });

  it('takes the write lock when a transaction begins', async () => {
    await database.raw('create table t (v text)');
    const other = new SqliteConnection({ filename: join(folder, 'test.db'), busyTimeoutMs: 10 });
    await database.transaction(async (trx) => {
      await trx('t').select();
      expect(() => other.run('insert into t values (?)', ['x'])).toThrow(/locked/);
    });
    other.run('insert into t values (?)', ['x']);
    other.close();
    expect(await database('t').pluck('v')).toEqual(['x']);
  });

  it('refuses a row whose foreign key points nowhere', async () => {
    await database.raw('create table a (id integer primary key)');
    await database.raw('create table b (a_id integer references a (id))');
    await expect(database('b').insert({ a_id: 7 })).rejects.toThrow(/FOREIGN KEY/);
  });

  it('runs migrations once, in order, and again after a restart', async () => {
    const migrationSource: Knex.MigrationSource<string> = {
      getMigrations: async () => ['000001-first', '000002-second'],
      getMigrationName: (name) => name,
      getMigration: async (name) => ({
        up: (trx: Knex) =>
          name === '000001-first'
            ? trx.schema.createTable('first', (table) => void table.increments('id'))
            : trx.schema.alterTable('first', (table) => void table.string('added').defaultTo('x')),
        down: async () => undefined,
      }),
    };
    const [, applied] = (await database.migrate.latest({ migrationSource })) as [number, string[]];
    expect(applied).toEqual(['000001-first', '000002-second']);
    expect((await database.migrate.latest({ migrationSource }))[1]).toEqual([]);
    await database('first').insert({});
    expect(await database('first').first()).toEqual({ id: 1, added: 'x' });
  });
});

describe('SqliteConnection', () => {
  it('prepares a statement once and keeps only the most recent ones', () => {
    const connection = new SqliteConnection({ filename: ':memory:', statementCacheSize: 2 });
    for (let n = 0; n < 5; n += 1) connection.run('select ? as v', [n]);
    expect(connection.cachedStatements).toBe(1);
    connection.run('select 1 as a');
    connection.run('select 2 as b');
    expect(connection.cachedStatements).toBe(2);
    connection.close();
  });

  it('answers the right columns after the table changed under a cached statement', () => {
    const connection = new SqliteConnection({ filename: ':memory:' });
    connection.run('create table t (a integer)');
    connection.run('insert into t values (1)');
    expect(connection.run('select * from t')).toEqual([{ a: 1 }]);
    connection.run('alter table t add column b text');
    expect(connection.run('select * from t')).toEqual([{ a: 1, b: null }]);
    connection.close();
  });
});
