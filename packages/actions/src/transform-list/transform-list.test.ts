import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { peopleRows as items } from '../testing/people-table.ts';
import { runAction } from '../testing/run-action.ts';

const transform = async (settings: Readonly<Record<string, unknown>>) =>
  (await runAction('transform-list', { items, ...settings })).output as { items: unknown[]; count: number };

describe('transform list', () => {
  it('picks, filters and sorts', async () => {
    expect((await transform({ operation: 'pick', fields: { who: 'name', gone: 'a.b' } })).items[0]).toEqual({
      who: 'Ada',
      gone: null,
    });
    const where = [
      { field: 'team', operator: 'equal', value: 'red' },
      { field: 'age', operator: 'greater', value: '20' },
    ];
    expect((await transform({ operation: 'filter', where })).items).toEqual([items[0]]);
    const sort = [{ column: 'age', direction: 'descending' }];
    expect((await transform({ operation: 'sort', sort })).items).toEqual([items[1], items[0], items[2]]);
  });

  it('groups, with sums, and removes doubles', async () => {
    const { items: groups } = await transform({ operation: 'group', by: ['team'], sums: ['age'] });
    expect(groups).toMatchObject([
      { team: 'red', count: 2, ageSum: 56 },
      { team: 'blue', count: 1, ageSum: 51 },
    ]);
    expect((await transform({ operation: 'unique', by: ['team'] })).count).toBe(2);
    expect(
      (
        await transform({
          operation: 'unique',
          items: [
            { a: 1, b: 2 },
            { b: 2, a: 1 },
          ],
        })
      ).count,
    ).toBe(1);
  });

  it('joins by equal fields', async () => {
    const join = { operation: 'join', other: [{ team: 'red', lead: 'Zed' }], leftField: 'team', rightField: 'team' };
    expect((await transform(join)).items).toEqual([
      { ...items[0], lead: 'Zed' },
      { ...items[2], lead: 'Zed' },
    ]);
    expect((await transform({ ...join, keep: 'all' })).count).toBe(3);
  });

  it('names what is no list, and never reads what objects inherit', async () => {
    await expect(transform({ items: 'x' })).rejects.toMatchObject({ code: 'action.not-a-list' });
    const { items: picked } = await transform({
      operation: 'pick',
      fields: { p: '__proto__.constructor', c: 'constructor' },
    });
    expect(picked[0]).toEqual({ p: null, c: null });
  });
});

describe('CSV', () => {
  it('is read with its separator found out, quotes, line breaks and names that come twice', async () => {
    const text = '\uFEFFid;name;name\r\n1;"A;\nb""c";x\r\n';
    expect((await runAction('parse-csv', { text })).output).toEqual({
      rows: [{ id: '1', name: 'A;\nb"c', name2: 'x' }],
      columns: ['id', 'name', 'name2'],
      count: 1,
    });
    await expect(runAction('parse-csv', { text: 'a\n"b' })).rejects.toMatchObject({ code: 'csv.invalid' });
    const files = { f: { name: 'a.csv', type: 'text/csv', bytes: new TextEncoder().encode('1,2') } };
    const { output } = await runAction('parse-csv', { file: { id: 'f' }, hasHeader: false }, { files });
    expect(output).toMatchObject({ rows: [{ column1: '1', column2: '2' }] });
  });

  it('is written so that it is read back, and spreadsheets run nothing', async () => {
    const rows = [
      { id: '1', text: 'a,"b"\n' },
      { id: '2', text: 'ü' },
    ];
    const { output } = await runAction('build-csv', { rows });
    const { text } = output as { text: string };
    expect((await runAction('parse-csv', { text })).output).toMatchObject({ rows });
    const evil = await runAction('build-csv', { rows: [{ a: '=1+1', b: -5, c: '-5' }] });
    expect(evil.output).toMatchObject({ text: "a,b,c\r\n'=1+1,-5,-5\r\n" });
  });
});

describe('files, hashes and the platform', () => {
  it('files are read and written', async () => {
    const written = await runAction('write-file', { name: '../a.bin', content: 'AAE=', from: 'base64' });
    expect(written.output).toMatchObject({ name: '.._a.bin', size: 2 });
    expect([...(written.files.get('file_1')?.bytes ?? [])]).toEqual([0, 1]);
    const files = { f: { name: 'a', type: 'x/y', bytes: new Uint8Array([0, 159, 146, 150]) } };
    await expect(runAction('read-file', { file: 'f' }, { files })).rejects.toMatchObject({
      code: 'action.file-not-text',
    });
    expect((await runAction('read-file', { file: 'f', as: 'base64' }, { files })).output).toMatchObject({
      content: 'AJ+Slg==',
    });
    await expect(runAction('write-file', { name: 'a', content: '!', from: 'base64' })).rejects.toMatchObject({
      code: 'action.base64-invalid',
    });
  });

  it('texts are hashed and signed, never hashed in place of signed', async () => {
    expect((await runAction('make-hash', { text: 'hello' })).output).toEqual({
      value: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      matches: null,
    });
    const signed = await runAction(
      'make-hash',
      { text: 'a', key: 'k', encoding: 'base64' },
      { secrets: { key: 'abc' } },
    );
    expect(signed.output).toEqual({ value: createHmac('sha256', 'abc').update('a').digest('base64'), matches: null });
    await expect(runAction('make-hash', { text: 'a', key: 'k' })).rejects.toMatchObject({ code: 'action.incomplete' });
  });

  it('the platform is asked for what it does', async () => {
    const notified = await runAction('notify-user', { to: ['a@x', 'b@x'], title: 'T', link: '/a' });
    expect(notified.calls).toEqual([['notify', { to: ['a@x', 'b@x'], title: 'T', link: '/a', key: 'run_1/stp_1' }]]);
    expect(notified.logs).toEqual([{ level: 'warn', message: '1 of 2 are not in this workspace.' }]);
    const started = await runAction('start-flow', { flow: 'flw_2', input: { a: 1 } });
    expect(started.calls).toEqual([['startFlow', 'flw_2', { a: 1 }, 'run_1/stp_1']]);
    expect(started.output).toEqual({ run: 'run_2' });
    expect((await runAction('invalidate-cache', { dataSource: 'ds' })).calls).toEqual([['invalidate', 'ds']]);
    const answered = await runAction('respond-webhook', {
      status: 201,
      json: { a: 1 },
      headers: [{ name: 'X-A', value: 'b' }],
    });
    expect(answered.calls).toEqual([
      ['respond', { status: 201, headers: { 'content-type': 'application/json', 'x-a': 'b' }, body: { a: 1 } }],
    ]);
  });
});
