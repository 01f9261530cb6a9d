import type { Filter } from '@fettle/access';
import { bug, type Json } from '@fettle/base';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createDatabase, type System, type TestDatabase } from './databases.ts';
import { richSchema } from './rich-table.ts';

/** The rich tables with a few people, things and tags in them. */
export interface RichWorld {
  readonly database: TestDatabase;
  readonly schema: SchemaDescription;
  readonly tables: TablesCapability;
  readonly table: (id: string) => TableDescription;
  /** Ids of the rows that match, in order. */
  readonly ids: (filter: Filter, id?: string) => Promise<Json[]>;
}

/** Makes the world on a system. */
export async function createRichWorld(system: System): Promise<RichWorld> {
  const database = await createDatabase(system);
  await database.run(richSchema[system]);
  const schema = (await database.session.introspect?.(calm)) as SchemaDescription;
  const tables = database.session.tables as TablesCapability;
  await tables.create(
    {
      table: 'person',
      rows: [
        { id: 1, name: 'Ada', email: 'ada@x.io', born: '1815-12-10', notes: '' },
        { id: 2, name: 'Bob 50%_!', email: 'bob@x.io', born: '1990-01-01', boss_id: 1 },
        { id: 3, name: 'Cy', email: null, born: null, notes: 'ÄÖ', boss_id: 1 },
        { id: 4, name: 'dora', email: 'dora@x.io', born: '2000-02-29', boss_id: 2 },
      ],
    },
    schema,
    calm,
  );
  await tables.create({ table: 'tag', rows: [1, 2, 3].map((id) => ({ id, title: `tag ${id}` })) }, schema, calm);
  await tables.create(
    {
      table: 'thing',
      rows: [1, 2, 3].map((id) => ({
        id,
        label: `thing ${id}`,
        price: `${id}.50`,
        day: `2024-0${id}-15`,
        owner_id: id === 3 ? null : 1,
        checker_id: 2,
      })),
    },
    schema,
    calm,
  );
  await tables.create(
    {
      table: 'thing_tag',
      rows: [
        [1, 1],
        [1, 2],
        [2, 2],
      ].map(([thing_id, tag_id]) => ({ thing_id: thing_id as number, tag_id: tag_id as number })),
    },
    schema,
    calm,
  );
  return {
    database,
    schema,
    tables,
    table: (id) => {
      const found = schema.tables.find((item) => item.id === id);
      if (found === undefined) throw bug(`There is no table ${id}.`);
      return found;
    },
    ids: async (filter, id = 'person') => {
      const { rows } = await tables.list({ table: id, columns: [], filter, limit: 1000 }, schema, calm);
      return rows.map((row) => row['id'] as Json);
    },
  };
}
