import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteKnex, createStatementQueue, SqliteConnection, type RunStatement } from './index.ts';

let folder = '';
let database: Knex;
let run: RunStatement;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-sqlite-'));
  database = createSqliteKnex({ filename: join(folder, 'test.db') });
  await database.raw('create table t (id integer primary key, v text unique)');
  run = createStatementQueue(database);
});
afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const insert = 'insert into t (v) values (?) on conflict do nothing returning id';
/** Bytes of the write-ahead journal: every commit writes the pages that it changed once more. */
const journal = async (): Promise<number> => (await stat(join(folder, 'test.db-wal'))).size;

describe('createStatementQueue', () => {
  it('answers the rows of each statement to its own caller', async () => {
    const answers = await Promise.all(['a', 'b', 'a'].map((value) => run(insert, [value])));
    expect(answers).toEqual([[{ id: 1 }], [{ id: 2 }], []]);
    expect(await run('select v from t order by id', [])).toEqual([{ v: 'a' }, { v: 'b' }]);
  });

  it('commits those of one turn together, durable before anybody hears of them', async () => {
    await database.raw('pragma wal_autocheckpoint = 0');
    const start = await journal();
    for (const value of ['1', '2', '3', '4']) await run(insert, [value]);
    const before = await journal();
    const other = new SqliteConnection({ filename: join(folder, 'test.db'), readOnly: true });
    const [first] = await Promise.all([
      run(insert, ['5']).then(() => other.run('select count(*) as n from t')),
      ...['6', '7', '8'].map((value) => run(insert, [value])),
    ]);
    expect(first).toEqual([{ n: 8 }]);
    other.close();
    expect((await journal()) - before).toBeLessThan((before - start) / 2);
  });

  it('leaves the others alone when one fails', async () => {
    const outcomes = await Promise.allSettled([
      run(insert, ['a']),
      run('insert into t (v) values (?) returning id', ['a']),
      run('select no_such_column from t', []),
      run(insert, ['b']),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await database('t').pluck('v')).toEqual(['a', 'b']);
  });

  it('takes turns with transactions, and stands outside of them', async () => {
    const told: string[] = [];
    const transaction = database.transaction(async (trx) => {
      await trx('t').insert({ v: 'inside' });
      const outside = run(insert, ['outside']).then(() => told.push('outside'));
      await new Promise((resolve) => setTimeout(resolve, 30));
      told.push('inside');
      void outside;
      throw new Error('Taken back.');
    });
    await expect(transaction).rejects.toThrow('Taken back.');
    await expect.poll(() => told).toEqual(['inside', 'outside']);
    expect(await database('t').pluck('v')).toEqual(['outside']);
  });

  it('tells every caller when the database is gone', async () => {
    await database.destroy();
    const outcomes = await Promise.allSettled([run(insert, ['a']), run(insert, ['b'])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
