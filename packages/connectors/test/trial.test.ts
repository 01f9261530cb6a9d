import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { DataTrial } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems } from './databases.ts';
import { createRichWorld, type RichWorld } from './rich-world.ts';

const systems = await reachableSystems();

describe.each(systems)('trials on %s', (system) => {
  let world: RichWorld;
  let schema: RichWorld['schema'];

  beforeAll(async () => {
    world = await createRichWorld(system);
    ({ schema } = world);
  });
  afterAll(() => world.database.drop());

  const begin = (timeoutMs = 20_000, signal = calm.signal): DataTrial => {
    const trial = world.database.session.beginTrial?.({ signal, timeoutMs });
    if (trial === undefined) throw new TypeError('This session has no trials.');
    return trial;
  };
  const nameOf = async (on: Pick<DataTrial, 'tables'>, id: number): Promise<Json | undefined> =>
    (await on.tables.read({ table: 'person', key: { id } }, schema, calm))?.['name'];
  const people = async (): Promise<number> =>
    (await world.tables.list({ table: 'person', limit: 100 }, schema, calm)).rows.length;

  it('see what they wrote, and leave nothing', async () => {
    const trial = begin();
    const { tables } = trial;
    await tables.create({ table: 'person', rows: [{ id: 50, name: 'Eve' }] }, schema, calm);
    await tables.create(
      {
        table: 'person',
        rows: [
          { id: 51, name: 'Fay' },
          { id: 52, name: 'Gus', email: 'gus@x.io' },
        ],
      },
      schema,
      calm,
    );
    await tables.update({ table: 'person', changes: [{ key: { id: 1 }, values: { name: 'Ada L.' } }] }, schema, calm);
    await tables.delete({ table: 'person', keys: [{ id: 52 }] }, schema, calm);
    expect(await Promise.all([1, 50, 51, 52].map((id) => nameOf(trial, id)))).toEqual([
      'Ada L.',
      'Eve',
      'Fay',
      undefined,
    ]);
    expect((await tables.list({ table: 'person', limit: 100, total: 'exact' }, schema, calm)).total).toBe(6);
    expect(await nameOf(world, 1)).toBe('Ada');
    await trial.end();
    expect([await people(), await nameOf(world, 1), await nameOf(world, 50)]).toEqual([4, 'Ada', undefined]);
    await expect(nameOf(trial, 1)).rejects.toMatchObject({ code: 'data.trial-over' });
  });

  it('go on after a call that fails, as if it had not been made', async () => {
    const trial = begin();
    await trial.tables.create({ table: 'person', rows: [{ id: 60, name: 'Hal' }] }, schema, calm);
    await expect(
      trial.tables.create(
        {
          table: 'person',
          rows: [
            { id: 61, name: 'Ida' },
            { id: 1, name: 'Twice' },
          ],
        },
        schema,
        calm,
      ),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await expect(trial.tables.delete({ table: 'person', keys: [{ id: 999 }] }, schema, calm)).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect([await nameOf(trial, 60), await nameOf(trial, 61)]).toEqual(['Hal', undefined]);
    await trial.end();
    expect(await people()).toBe(4);
  });

  it('end by themselves when their time is over, or when they are called off', async () => {
    const brief = begin(300);
    await brief.tables.create({ table: 'person', rows: [{ id: 70, name: 'Jo' }] }, schema, calm);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(nameOf(brief, 70)).rejects.toMatchObject({ code: 'data.trial-over' });
    const controller = new AbortController();
    const called = begin(20_000, controller.signal);
    await called.tables.create({ table: 'person', rows: [{ id: 71, name: 'Kim' }] }, schema, calm);
    controller.abort();
    await called.end();
    await brief.end();
    // Others write at once: no lock is left behind.
    await world.tables.create({ table: 'person', rows: [{ id: 72, name: 'Lu' }] }, schema, {
      ...calm,
      timeoutMs: 2000,
    });
    await world.tables.delete({ table: 'person', keys: [{ id: 72 }] }, schema, calm);
    expect(await people()).toBe(4);
  });

  it('that nobody used have touched nothing', async () => {
    await begin().end();
    await begin(1).end();
    expect(await people()).toBe(4);
  });
});

describe.runIf(systems.includes('mysql'))('trials where a table cannot undo', () => {
  it('are refused, with the name of the table, before anything is written', async () => {
    const database = await createDatabase('mysql');
    try {
      await database.run('create table note (id int primary key) engine = innodb');
      await database.run('create table old_note (id int primary key) engine = myisam');
      const { session } = database;
      const schema = await session.introspect?.(calm);
      const trial = session.beginTrial?.(calm);
      if (schema === undefined || trial === undefined) throw new TypeError('This session has no trials.');
      const create = trial.tables.create({ table: 'note', rows: [{ id: 1 }] }, schema, calm);
      await expect(create).rejects.toMatchObject({ code: 'data.trial-unsupported', message: /old_note/ });
      await trial.end();
      expect(await database.run('select * from note')).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
