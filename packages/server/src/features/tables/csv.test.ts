import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { SqliteConnection } from '@fettle/sqlite';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';
import { csvCell, textOfCell } from './csv-cells.ts';
import { inferFields } from './infer-fields.ts';
import { readCsv } from './read-csv.ts';

const read = (content: string | Buffer) => readCsv(Readable.from([Buffer.from(content)]), AbortSignal.timeout(5000));

describe('CSV cells', () => {
  it('neutralise what a spreadsheet would run, and leave genuine numbers', () => {
    for (const text of [
      '=1+1',
      '+49 30 1',
      '-cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '＝1',
      ' =HYPERLINK("x")',
      '"=1',
      "'=1",
    ]) {
      const cell = csvCell(text, 'text');
      expect(cell.replace(/^"/, '').startsWith("'"), cell).toBe(true);
    }
    expect(csvCell(-5, 'integer')).toBe('-5');
    expect(csvCell('-12.50', 'decimal')).toBe('-12.50');
    expect(csvCell('-5', 'text')).toBe("'-5");
    expect(csvCell(null, 'text')).toBe('');
    expect(csvCell('', 'text')).toBe('""');
  });

  it('come back as they were, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 5 }), async (texts) => {
        const lines = ['value', ...texts.map((text) => csvCell(text, 'text'))].join('\r\n');
        const { rows } = await read(`\uFEFF${lines}\r\n`);
        expect(rows.map(([cell]) => textOfCell(cell?.text ?? ''))).toEqual(texts);
      }),
      { numRuns: 200 },
    );
  });
});

describe('reading a CSV', () => {
  it('takes UTF-8 and UTF-16 with any usual delimiter', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = `name${delimiter}note\nÄnne${delimiter}"a ${delimiter} b"\n`;
      for (const bytes of [
        Buffer.from(text),
        Buffer.from(`\uFEFF${text}`),
        Buffer.from(`\uFEFF${text}`, 'utf16le'),
        Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      ]) {
        const { header, rows } = await read(bytes);
        expect(header).toEqual(['name', 'note']);
        expect(rows[0]?.map((cell) => cell.text)).toEqual(['Änne', `a ${delimiter} b`]);
      }
    }
  });

  it('refuses what is not a table of values', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'csv.empty' });
    await expect(read('a,A\n1,2')).rejects.toMatchObject({ code: 'csv.header-duplicate' });
    await expect(read('a,,b\n1,2,3')).rejects.toMatchObject({ code: 'csv.header-empty' });
    await expect(read('a\n"open')).rejects.toMatchObject({ code: 'csv.malformed' });
    await expect(read(Buffer.from([0x61, 0x0a, 0xe4, 0xff]))).rejects.toMatchObject({ code: 'csv.encoding' });
    await expect(read(`a\n${'x'.repeat(3_000_000)}`)).rejects.toMatchObject({ code: 'csv.record-too-large' });
    await expect(read(Array.from({ length: 1500 }, (_, index) => `c${index}`).join(','))).rejects.toMatchObject({
      code: 'csv.too-many-columns',
    });
  });

  it('finds types and names for a new table', async () => {
    const content = await read(
      'ID,Purchase price (€),Bought on,Active,Post code,__proto__\n7,12.5,2026-01-02,yes,01234,x\n8,3,2026-02-03,no,00001,y\n',
    );
    expect(inferFields(content)).toEqual([
      { name: 'id2', type: 'integer' },
      { name: 'purchase_price', type: 'decimal', scale: 2 },
      { name: 'bought_on', type: 'date' },
      { name: 'active', type: 'boolean' },
      { name: 'post_code', type: 'text' },
      { name: 'proto', type: 'text' },
    ]);
  });
});

describe('CSV through the API', () => {
  let server: DataTestServer;
  let dataSource = '';

  beforeAll(async () => {
    server = await startDataTestServer();
    const folder = join(server.folder, 'sqlite');
    await mkdir(folder, { recursive: true });
    writeFileSync(join(folder, 'shop.sqlite'), '');
    const file = new SqliteConnection({ filename: join(folder, 'shop.sqlite') });
    file.run(
      'create table item (id integer primary key, name varchar(40) not null, price decimal(10,2), sold date, active boolean, big integer)',
    );
    file.close();
    const reply = await server.client.call(routes.dataSources.create, {
      params: { workspaceId: server.workspaceId },
      body: {
        name: 'Shop',
        kind: 'external',
        connector: 'core/sqlite',
        development: { settings: { file: 'shop.sqlite' } },
      },
    });
    dataSource = reply.dataSource.id;
  }, 30_000);
  afterAll(() => server.close());

  const base = () => `${server.baseUrl}/api/workspaces/${server.workspaceId}/data-sources/${dataSource}/tables/item`;
  const headers = () => ({ cookie: server.cookie, origin: server.baseUrl });
  const send = async (body: string) => {
    const response = await fetch(`${base()}/import`, {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'text/csv' },
      body,
    });
    return (await response.json()) as {
      imported?: number;
      code?: string;
      problems?: { path: string }[];
      detail?: string;
    };
  };
  const exported = async (request = {}) =>
    (
      await fetch(`${base()}/export?request=${encodeURIComponent(JSON.stringify(request))}`, { headers: headers() })
    ).text();
  const count = async () =>
    (
      await server.client.call(routes.dataSources.rows.list, {
        params: { workspaceId: server.workspaceId, dataSource, table: 'item' },
        body: { total: 'exact', limit: 1 },
      })
    ).total;

  it('imports typed values and exports them again', async () => {
    expect(
      await send('Name;PRICE;sold;active;big\n=1+1;12.50;2026-03-28;yes;9007199254740993\n"a;b";-3;;no;\n'),
    ).toEqual({ imported: 2 });
    expect(await exported({ columns: ['name', 'price', 'sold', 'active', 'big'] })).toBe(
      // fetch takes the mark away.
      'name,price,sold,active,big\r\n\'=1+1,12.50,2026-03-28,true,9007199254740993\r\n"a;b",-3.00,,false,\r\n',
    );
    expect(await send(await exported({ columns: ['name', 'price', 'sold', 'active', 'big'] }))).toEqual({
      imported: 2,
    });
    expect(await count()).toBe(4);
  });

  it('imports all rows or none, and names every place that does not fit', async () => {
    const before = await count();
    const reply = await send('name,price,sold\nfine,1,2026-01-01\nbad,x,2026-02-30\nshort,1\n');
    expect(reply).toMatchObject({ code: 'csv.values-invalid' });
    expect(reply.problems?.map(({ path }) => path)).toEqual(['/rows/3/price', '/rows/3/sold', '/rows/4']);
    expect(await send('name,nope\na,b\n')).toMatchObject({ code: 'csv.columns-unknown' });
    expect(await send('name,__proto__\na,b\n')).toMatchObject({ code: 'csv.columns-unknown' });
    expect(await send('id,name\n900,a\n900,b\n')).not.toHaveProperty('imported');
    expect(await count()).toBe(before);
  });

  it('is a download that no page can run', async () => {
    const response = await fetch(`${base()}/export`, { headers: headers() });
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="item.csv"; filename*=UTF-8\'\'item.csv',
    );
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await response.body?.cancel();
    const bad = await fetch(`${base()}/export?request=${encodeURIComponent('{"columns":["nope"]}')}`, {
      headers: headers(),
    });
    expect(bad.status).toBe(400);
  });
});
