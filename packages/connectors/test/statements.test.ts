import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expand, SchemaDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { Compiler } from '../src/sql/compiler.ts';
import type { SqlDriver } from '../src/sql/driver.ts';
import { SqlTables } from '../src/sql/sql-tables.ts';
import { sqliteDialect } from '../src/sqlite/dialect.ts';
import { SqliteDriver } from '../src/sqlite/driver.ts';
import { testContext, unhurried as calm } from './context.ts';
import { createChinook, hasChinook, reachableSystems, type TestDatabase } from './databases.ts';

const systems = hasChinook ? await reachableSystems() : [];
if (!hasChinook) process.stderr.write('The Chinook database is not here: its tests are not run.\n');

describe.each(systems)('Chinook on %s', (system) => {
  let database: TestDatabase;
  let schema: SchemaDescription;
  let tables: TablesCapability;
  const name = (pascal: string): string =>
    system === 'postgres' ? pascal.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase() : pascal;

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
        sort: [
          { column: `album.${name('Title')}`, direction: 'descending' },
          { column: name('Name'), direction: 'ascending' },
        ],
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
    for await (const rows of tables.stream(
      { table: name('InvoiceLine'), sort: [{ column: name('UnitPrice'), direction: 'descending' }] },
      schema,
      calm,
    ))
      count += rows.length;
    expect(count).toBe(2240);
  });
});

describe.runIf(hasChinook)('the number of statements', () => {
  it('does not grow with the number of rows', async () => {
    const database = await createChinook('sqlite');
    const schema = (await database.session.introspect?.(calm)) as SchemaDescription;
    const driver = new SqliteDriver({ file: async () => database.file ?? '', readOnly: true }, testContext({}));
    let statements = 0;
    const counting: SqlDriver = {
      run: (...call) => {
        statements += 1;
        return driver.run(...call);
      },
      transaction: (...call) => driver.transaction(...call),
      custom: (...call) => driver.custom(...call),
      translate: (error) => driver.translate(error),
      close: () => driver.close(),
    };
    const counted = new SqlTables(new Compiler(sqliteDialect), counting);
    const expand: Expand = { artist: {}, tracks: { limit: 5, expand: { genre: {}, invoiceLines: { limit: 3 } } } };
    for (const limit of [2, 60]) {
      statements = 0;
      const { rows } = await counted.list({ table: 'Album', limit, expand }, schema, calm);
      expect(rows).toHaveLength(limit);
      expect(statements).toBe(3);
    }
    await driver.close();
    await database.drop();
  });
});
