import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expand, SchemaDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createChinook, hasChinook, isReachable, reachableSystems, type TestDatabase } from './databases.ts';

const systems = hasChinook ? await reachableSystems() : [];
if (!hasChinook) process.stderr.write('The Chinook database is not here: its tests are not run.\n');

describe.each(systems)('Chinook on %s', (system) => {
  let database: TestDatabase;
  let schema: SchemaDescription;
  let tables: TablesCapability;
  const name = (pascal: string): string => (system === 'postgres' ? pascal.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase() : pascal);

  beforeAll(async () => {
    database = await createChinook(system);
    schema = (await database.session.introspect?.(calm)) as SchemaDescription;
    tables = database.session.tables as TablesCapability;
  });

  afterAll(() => database.drop());

  it('has its tables, links and labels', () => {
    const track = schema.tables.find(({ id }) => id === name('Track'));
    expect(schema.tables).toHaveLength(11);
    expect(track?.labelColumn).toBe(name('Name'));
    expect(track?.relations.map((relation) => relation.name).sort()).toEqual(
      (system === 'postgres'
        ? ['album', 'genre', 'invoice_lines', 'media_type', 'playlist_tracks', 'playlists']
        : ['album', 'genre', 'invoiceLines', 'mediaType', 'playlistTracks', 'playlists']
      ).sort(),
    );
  });

  it('lists tracks of an artist through two links', async () => {
    const { rows, total } = await tables.list(
      {
        table: name('Track'),
        columns: [name('Name')],
        expand: { album: { columns: [name('Title')] } },
        filter: { column: `album.artist.${name('Name')}`, operator: 'equal', value: 'AC/DC' },
        sort: [{ column: `album.${name('Title')}`, direction: 'descending' }, { column: name('Name'), direction: 'ascending' }],
        limit: 1,
        total: 'exact',
      },
      schema,
      calm,
    );
    expect(total).toBe(18);
    expect(rows).toMatchObject([{ [name('Name')]: 'Bad Boy Boogie', album: { [name('Title')]: 'Let There Be Rock' } }]);
  });

  it('walks all invoice lines by pages of 100', async () => {
    let count = 0;
    for await (const rows of tables.stream({ table: name('InvoiceLine'), sort: [{ column: name('UnitPrice'), direction: 'descending' }] }, schema, calm)) count += rows.length;
    expect(count).toBe(2240);
  });
});

describe.runIf(hasChinook && (await isReachable('postgres')))('the number of statements', () => {
  it('does not grow with the number of rows', async () => {
    const database = await createChinook('postgres');
    const schema = (await database.session.introspect?.(calm)) as SchemaDescription;
    const expand: Expand = { artist: {}, tracks: { limit: 5, expand: { genre: {}, invoice_lines: { limit: 3 } } } };
    const count = async (limit: number): Promise<number> => {
      const before = await commits(database);
      await database.session.tables?.list({ table: 'album', limit, expand }, schema, calm);
      // The first look at the counter counts itself.
      return (await commits(database)) - before - 1;
    };
    await count(2);
    expect(await count(3)).toBe(3);
    expect(await count(200)).toBe(3);
    await database.drop();
  });
});

/** How many statements the database has finished. Its statistics lag by a second. */
async function commits(database: TestDatabase): Promise<number> {
  await wait(1200);
  const [row] = await database.run('select xact_commit::int as n from pg_stat_database where datname = current_database()');
  return Number(row?.['n']);
}
