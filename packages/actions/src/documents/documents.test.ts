import type { Json } from '@fettle/base';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { shareOfThisThread } from '../testing/share-of-this-thread.ts';
import { runAction } from '../testing/run-action.ts';

type Settings = Readonly<Record<string, unknown>>;
const output = async (name: string, settings: Settings) => (await runAction(name, settings)).output;
const readJson = async (settings: Settings) => (await output('parse-json', settings)) as { value: Json; fits: boolean };
const readXml = async (settings: Settings) => ((await output('parse-xml', settings)) as { value: Json }).value;
const text = async (name: string, settings: Settings) => ((await output(name, settings)) as { text: string }).text;

describe('JSON', () => {
  it('is read whole, by a path, line by line and from a file, with every digit', async () => {
    expect((await readJson({ text: '\uFEFF{"id":12345678901234567890,"n":1.5,"e":1e400}' })).value).toEqual({
      id: '12345678901234567890',
      n: 1.5,
      e: Infinity,
    });
    const orders = '{"orders":[{"items":[{"p":1},{"p":2}]},{"items":[]}]}';
    expect((await readJson({ text: orders, path: 'orders[0].items[*].p' })).value).toEqual([1, 2]);
    expect((await readJson({ text: orders, path: 'orders[*].items[0].p' })).value).toEqual([1, null]);
    expect((await readJson({ text: '{"a":1}\n\n[2]\n', format: 'lines' })).value).toEqual([{ a: 1 }, [2]]);
    const files = { f: { name: 'a.json', type: 'application/json', bytes: new TextEncoder().encode('[1]') } };
    expect((await runAction('parse-json', { file: 'f' }, { files })).output).toMatchObject({ value: [1] });
  });

  it('that is wrong says where, and what is not there says so', async () => {
    await expect(readJson({ text: '{"a":' })).rejects.toMatchObject({ code: 'json.invalid' });
    await expect(readJson({ text: '1\n{', format: 'lines' })).rejects.toMatchObject({
      message: expect.stringContaining('Line 2') as unknown,
    });
    await expect(readJson({ text: '['.repeat(200_000) })).rejects.toMatchObject({ code: 'json.invalid' });
    await expect(readJson({ text: '{"a":1}', path: 'constructor.name' })).rejects.toMatchObject({
      code: 'json.path-missing',
    });
    await expect(readJson({ text: '{}', path: 'a..b' })).rejects.toMatchObject({ code: 'action.path-invalid' });
  });

  it('is held to a schema', async () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' }, mail: { type: 'string', format: 'email', pattern: '@x\\.y$' } },
      additionalProperties: false,
    };
    expect(await readJson({ text: '{"id":1,"mail":"a@x.y"}', schema })).toMatchObject({ fits: true });
    await expect(readJson({ text: '{"mail":"a@z.y","more":1}', schema })).rejects.toMatchObject({
      code: 'json.not-fitting',
      problems: expect.arrayContaining([
        expect.objectContaining({ message: '"id" is missing.' }),
        expect.objectContaining({ message: '"more" is not expected.' }),
        expect.objectContaining({ path: '/mail' }),
      ]) as unknown,
    });
    const told = await readJson({ text: '{"id":"x"}', schema: JSON.stringify(schema), whenNotFitting: 'tell' });
    expect(told).toMatchObject({ value: { id: 'x' }, fits: false, problems: [{ path: '/id' }] });
    const newer = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      prefixItems: [{ type: 'number' }],
      items: false,
    };
    expect(await readJson({ text: '[1,2]', schema: newer, whenNotFitting: 'tell' })).toMatchObject({ fits: false });
    for (const bad of ['{', '1', { type: 'nothing' }, { $ref: 'https://example.com/x.json' }, { pattern: '(?=a)' }])
      await expect(readJson({ text: '"a"', schema: bad })).rejects.toMatchObject({ code: 'action.schema-invalid' });
    await expect(text('build-json', { value: { id: 'x' }, schema })).rejects.toMatchObject({
      code: 'json.not-fitting',
    });
  });

  it('is checked by patterns that nobody can make run for ever', async () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    const told = await readJson({ text: JSON.stringify(`${'a'.repeat(50_000)}!`), schema, whenNotFitting: 'tell' });
    expect(told.fits).toBe(false);
  });

  it('is written compact, indented, line by line and as a file', async () => {
    const value = [{ a: 1 }, 'ü'];
    expect(await text('build-json', { value })).toBe('[{"a":1},"ü"]');
    expect(await text('build-json', { value: { a: 1 }, format: 'indented' })).toBe('{\n  "a": 1\n}\n');
    expect(await text('build-json', { value, format: 'lines' })).toBe('{"a":1}\n"ü"\n');
    await expect(text('build-json', { value: 1, format: 'lines' })).rejects.toMatchObject({ code: 'json.not-a-list' });
    const stored = await runAction('build-json', { value, to: 'file', name: 'a/b.json' });
    expect(stored.output).toEqual({
      text: '',
      file: { id: 'file_1', name: 'a_b.json', type: 'application/json', size: 14 },
    });
  });
});

describe('XML', () => {
  it('is read with attributes, text, CDATA, prefixes and lists', async () => {
    const order = `<?xml version="1.0"?><!-- <!DOCTYPE in a comment> -->
      <s:order xmlns:s="urn:x" id="007"><item>1 &lt; 2 &#228;&#xE4;&amp;lt;</item><note><![CDATA[<!DOCTYPE x>&lt;]]></note><e/></s:order>`;
    expect(await readXml({ text: order })).toEqual({
      's:order': { '@xmlns:s': 'urn:x', '@id': '007', item: '1 < 2 ää&lt;', note: '<!DOCTYPE x>&lt;', e: '' },
    });
    expect(await readXml({ text: order, withoutPrefixes: true, path: 'order.item', asList: true })).toEqual([
      '1 < 2 ää&lt;',
    ]);
    expect(await readXml({ text: order, withoutPrefixes: true, path: 'order.gone', asList: true })).toEqual([]);
    expect(await readXml({ text: '<a><b>1</b></a>', lists: ['b'] })).toEqual({ a: { b: ['1'] } });
    await expect(readXml({ text: order, path: 'order' })).rejects.toMatchObject({ code: 'xml.path-missing' });
  });

  it('with a document type is refused: no files are read, nothing grows', async () => {
    const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    for (const head of [
      '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
      '<!doctype a [<!ENTITY x SYSTEM "http://127.0.0.1:5432/">]>',
      `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]>`,
      '<!-- a --><![CDATA[b]]><!ENTITY x "y">',
    ]) {
      await expect(readXml({ text: `${head}<a>&x;&l9;</a>` })).rejects.toMatchObject({ code: 'xml.document-type' });
    }
    // Entities that nobody declared stay what they are.
    expect(await readXml({ text: '<a>&x;</a>' })).toEqual({ a: '&x;' });
  });

  it('that is wrong says where; deep and endless texts end', async () => {
    await expect(readXml({ text: '<a>\n<b></a>' })).rejects.toMatchObject({
      code: 'xml.invalid',
      message: expect.stringContaining('Line 2') as unknown,
    });
    for (const bad of ['x', '<a', '<a b=1/>', '<a/><b/>', '<a/><a/>', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)])
      await expect(readXml({ text: bad }), bad.slice(0, 20)).rejects.toMatchObject({ code: 'xml.invalid' });
    const started = performance.now();
    for (const sign of ['<!--', '<![CDATA[', '<', '&', '<a '])
      await readXml({ text: `<a>${sign.repeat(200_000)}` }).catch(() => undefined);
    expect(performance.now() - started).toBeLessThan(15_000);
  }, 30_000);

  it('makes no names that reach into objects', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype'])
      await expect(readXml({ text: `<a><${name}><x>1</x></${name}></a>` })).rejects.toMatchObject({
        code: 'xml.invalid',
      });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('is written so that it is read back, with values that stay values', async () => {
    const value = {
      '@id': '7',
      item: [{ name: 'a<b>&"\'', '@n': '<"&' }, { name: ' ü ' }],
      note: { '#text': 'x', '@lang': 'en' },
    };
    const made = await text('build-xml', { root: 'order', value });
    expect(XMLValidator.validate(made)).toBe(true);
    expect(await readXml({ text: made, lists: ['item'] })).toEqual({
      order: { ...value, item: [value.item[0], { name: 'ü' }] },
    });
    expect(await text('build-xml', { root: 'rows', item: 'row', value: [{ a: 1 }, { a: null }], indent: false })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<rows><row><a>1</a></row><row><a/></row></rows>\n',
    );
    expect(await text('build-xml', { root: 'a', value: { b: 'x\u0000y' } })).toContain('<b>x\uFFFDy</b>');
  });

  it('cannot be made to hold what its names would smuggle in', async () => {
    for (const value of [{ 'a><evil': 1 }, { '@a="1" b': 1 }, { '1a': 1 }, { '': 1 }, { a: [[1]] }, { '@a': {} }]) {
      await expect(text('build-xml', { root: 'a', value })).rejects.toMatchObject({ code: 'xml.not-writable' });
    }
    await expect(text('build-xml', { root: 'a b', value: {} })).rejects.toMatchObject({ code: 'xml.not-writable' });
  });
});

describe('files of other programs', () => {
  const file = (...bytes: number[]) => ({ f: { name: 'f', type: 'text/csv', bytes: Uint8Array.from(bytes) } });
  const read = async (name: string, settings: Settings, files: ReturnType<typeof file>) =>
    (await runAction(name, { file: 'f', ...settings }, { files })).output;

  it('are read in the encoding that they are written in', async () => {
    const latin = file(...Buffer.from('name;city\nJürgen;Köln', 'latin1'));
    const utf16 = file(0xff, 0xfe, ...Buffer.from('name\tcity\nJürgen\tKöln', 'utf16le'));
    for (const files of [latin, utf16])
      expect(await read('parse-csv', {}, files)).toMatchObject({ rows: [{ name: 'Jürgen', city: 'Köln' }] });
    const cyrillic = file(...Buffer.from('a\n'), 0xcf, 0xf0);
    expect(await read('parse-csv', { encoding: 'windows-1251' }, cyrillic)).toMatchObject({ rows: [{ a: 'Пр' }] });
    await expect(read('parse-csv', { encoding: 'utf-8' }, latin)).rejects.toMatchObject({
      code: 'action.encoding-wrong',
    });
    const xml = file(...Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><a>'), 0xb1, ...Buffer.from('</a>'));
    expect(await read('parse-xml', {}, xml)).toMatchObject({ value: { a: 'ą' } });
  });

  it('are read as text where they are some, and never half', async () => {
    const latin = file(0x47, 0xfc);
    await expect(read('read-file', {}, latin)).rejects.toMatchObject({ code: 'action.file-not-text' });
    expect(await read('read-file', { encoding: 'windows-1252' }, latin)).toMatchObject({ content: 'Gü' });
    expect(await read('read-file', {}, file(0xff, 0xfe, 0x47, 0))).toMatchObject({ content: 'G' });
  });
});

describe('large documents', () => {
  it('are read and written while the server answers', async () => {
    const value = Array.from({ length: 40_000 }, (_, id) => ({ id: `${id}`, name: `Name ${id}`, note: 'some words' }));
    const xml = await text('build-xml', { root: 'rows', item: 'row', value });
    expect(xml.length).toBeGreaterThan(2_000_000);
    const read = await shareOfThisThread(() => readXml({ text: xml, path: 'rows.row' }));
    expect(read.result).toHaveLength(40_000);
    expect(read.share).toBeLessThan(0.5);
    expect((await readJson({ text: JSON.stringify(value) })).value).toEqual(value);
    const csv = await text('build-csv', { rows: value });
    expect(await output('parse-csv', { text: csv })).toMatchObject({ count: 40_000 });
  }, 60_000);
});
