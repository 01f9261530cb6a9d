import { deflateRawSync } from 'node:zlib';
import type { Json } from '@fettle/base';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { shareOfThisThread } from '../testing/share-of-this-thread.ts';
import { peopleData as data, withPeople } from '../testing/people-table.ts';
import { runAction } from '../testing/run-action.ts';

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function build(settings: Readonly<Record<string, unknown>>) {
  const { files, output } = await runAction('build-xlsx', { name: 'a', ...settings }, withPeople);
  return { output, bytes: [...files.values()][0]?.bytes ?? new Uint8Array() };
}

async function read(bytes: Uint8Array, settings: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) {
  const files = { f: { name: 'a.xlsx', type, bytes } };
  const { output } = await runAction(
    'parse-xlsx',
    { file: 'f', ...settings },
    { files, ...(signal === undefined ? {} : { signal }) },
  );
  return output as { rows: Record<string, Json>[]; columns: string[]; count: number; hasMore: boolean };
}

async function roundTrip(rows: readonly unknown[], settings: Readonly<Record<string, unknown>> = {}) {
  return (await read((await build({ rows, ...settings })).bytes)).rows;
}

/** A zip archive of one entry whose list says what it likes. */
function archive(name: string, packed: Uint8Array, saidSize: number): Uint8Array {
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(saidSize, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(saidSize, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}

describe('spreadsheets', () => {
  it('keep texts as texts, whatever they begin with', async () => {
    const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "'=1", '=HYPERLINK("http://x")', '_x0041_', 'a\u0001b\n<&>"']
      .map((text) => ({ text }))
      .concat([{ text: '00123' }, { text: '12345678901234567890' }]);
    expect(await roundTrip(rows)).toEqual(rows);
    const { bytes } = await build({ rows });
    // No cell has a formula.
    const sheet = await import('hucre/xlsx').then(({ readXlsx }) => readXlsx(bytes));
    expect(
      sheet.sheets[0]?.cells === undefined ||
        [...sheet.sheets[0].cells.values()].every((cell) => cell.formula === undefined),
    ).toBe(true);
  });

  it('keep numbers and dates exact', async () => {
    const rows = [
      { n: 0.1, big: 9_007_199_254_740_991, yes: true, day: '2026-03-01', at: '2026-03-01T09:30:00' },
      { n: -1 / 7, big: 1e21, yes: false, day: '1900-03-01', at: '2026-12-31T23:59:59.123' },
      { n: 5e-324, big: 0, yes: null, day: '9999-12-31', at: '2028-02-29T00:00:01' },
    ];
    expect(await roundTrip(rows)).toEqual(rows);
    // What is no date, or older than sheets count, stays as it is.
    const texts = [{ t: '2026-02-30' }, { t: '1899-12-31' }, { t: '2026-03' }];
    expect(await roundTrip(texts)).toEqual(texts);
    expect(await roundTrip([{ t: '2026-03-01', n: '1.50' }], { convert: 'none' })).toEqual([
      { t: '2026-03-01', n: '1.50' },
    ]);
    expect(await roundTrip([{ a: '1.50', b: '007', c: '1234567890123456', d: '-0.25' }], { convert: 'all' })).toEqual([
      { a: 1.5, b: '007', c: '1234567890123456', d: -0.25 },
    ]);
  });

  it('show instants as the clocks of a zone do', async () => {
    const rows = [{ at: '2026-03-29T00:59:59Z' }, { at: '2026-03-29T01:00:00Z' }, { at: '2026-07-01T12:00:00+05:30' }];
    expect(await roundTrip(rows, { timeZone: 'Europe/Berlin' })).toEqual([
      { at: '2026-03-29T01:59:59' },
      { at: '2026-03-29T03:00:00' },
      { at: '2026-07-01T08:30:00' },
    ]);
    await expect(build({ rows, timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'action.time-zone-unknown' });
  });

  it('are written from a table page by page, with chosen columns', async () => {
    const filter = { column: 'team', operator: 'equal', value: 'red' };
    const { bytes, output } = await build({ source: 'table', data, filter, columns: ['name', 'age'], sheet: 'Re[d]' });
    expect(output).toMatchObject({ count: 2, name: 'a.xlsx', type });
    expect(await read(bytes, { sheet: 'Re_d_' })).toEqual({
      rows: [
        { name: 'Ada', age: 36 },
        { name: 'Cy', age: 20 },
      ],
      columns: ['name', 'age'],
      count: 2,
      hasMore: false,
    });
    await expect(read(bytes, { sheet: 'Blue' })).rejects.toMatchObject({
      code: 'workbook.sheet-unknown',
      hint: 'Choose one of these: Re_d_.',
    });
  });

  it('are read as others write them: formulas by their last result, later rows longer than the first', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['title', null, null],
            ['id', 'id', null],
            [1, 2, 3],
            [null, null, null],
            [4, null, null],
          ],
          cells: new Map([['2,1', { formula: 'WEBSERVICE("http://127.0.0.1")', formulaResult: 2 }]]),
        },
      ] as never,
    });
    expect(await read(bytes, { firstRow: 2 })).toEqual({
      rows: [
        { id: 1, id2: 2, column3: 3 },
        { id: 4, id2: null, column3: null },
      ],
      columns: ['id', 'id2', 'column3'],
      count: 2,
      hasMore: false,
    });
    expect(await read(bytes, { firstRow: 3, hasHeader: false, limit: 1 })).toMatchObject({
      columns: ['column1', 'column2', 'column3'],
      count: 1,
      hasMore: true,
    });
  });

  it('that are bombs, or no spreadsheets, are refused', async () => {
    const zeros = deflateRawSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 });
    // Whatever its list says about the size.
    for (const said of [300 * 1024 * 1024, 100]) {
      const bomb = archive('xl/worksheets/sheet1.xml', zeros, said);
      expect(bomb.length).toBeLessThan(400_000);
      await expect(read(bomb)).rejects.toMatchObject({ code: 'workbook.too-large', kind: 'too-large' });
    }
    for (const bytes of [Buffer.from('a,b\n1,2'), archive('x', deflateRawSync('hi'), 2), Buffer.alloc(100, 80)]) {
      await expect(read(bytes)).rejects.toMatchObject({ code: 'workbook.invalid' });
    }
    const far = await writeXlsx({ sheets: [{ name: 'S', rows: [Array.from({ length: 1_500 }, () => 'x')] }] });
    await expect(read(far)).rejects.toMatchObject({ code: 'workbook.too-many-cells' });
    await expect(build({ rows: [{ a: 'x'.repeat(40_000) }] })).rejects.toMatchObject({
      code: 'workbook.text-too-long',
      message: expect.stringContaining('row 1') as unknown,
    });
  });

  it('of 50,000 rows are written and read while the server answers', async () => {
    const rows = Array.from({ length: 50_000 }, (_, id) => ({
      id,
      name: `Name ${id}`,
      amount: id / 7,
      paid: id % 2 === 0,
      on: '2026-03-01',
      note: `A note on row ${id} with some more words`,
    }));
    const written = await shareOfThisThread(() => build({ rows }));
    const { bytes, output } = written.result;
    const back = await shareOfThisThread(() => read(bytes, { limit: 100_000 }));
    expect(output).toMatchObject({ count: 50_000 });
    expect(back.result.count).toBe(50_000);
    expect(back.result.rows[49_999]).toEqual(rows[49_999]);
    expect(written.share).toBeLessThan(0.4);
    expect(back.share).toBeLessThan(0.4);
  }, 60_000);

  it('stop when the run is cancelled', async () => {
    const { bytes } = await build({ rows: Array.from({ length: 20_000 }, (_, id) => ({ id, text: `row ${id}` })) });
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    setTimeout(() => controller.abort(reason), 30);
    await expect(read(bytes, { limit: 100_000 }, controller.signal)).rejects.toBe(reason);
  }, 30_000);
});
