import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf } from './markdown-content.ts';
import { runAction } from '../testing/run-action.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fettle-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasTools = spawnSync('pdftotext', ['-v']).error === undefined;

/** A red square as PNG. */
function png(width = 8, height = 8): Uint8Array {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const lines = Buffer.concat(
    Array.from({ length: 8 }, () => Buffer.from([0, ...Array(8).fill([224, 49, 49]).flat()])),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const files = { logo: { name: 'logo.png', type: 'image/png', bytes: png() } };

async function make(
  settings: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, typeof files.logo>> = files,
) {
  const { output, files: all, logs } = await runAction('build-pdf', { name: 'a', ...settings }, { files: stored });
  const { id } = output as { id: string };
  const file = path.join(folder, `${id}-${Math.random().toString(36).slice(2)}.pdf`);
  writeFileSync(file, all.get(id)?.bytes ?? '');
  return { output, file, logs, bytes: all.get(id)?.bytes ?? new Uint8Array() };
}

const textOf = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
const infoOf = (file: string): string => execFileSync('pdfinfo', [file], { encoding: 'utf8' });

const template = `![Logo](logo "width=60")

# Invoice 2026-17 — Größe, Ελλάδα, Москва

Dear **Ada**, *thank you* for [your order](https://example.com/7). 5 < 7 & \`code\` <b>no tag</b>

1. One
2. Two
   - inner

> Quoted

| What | How much |
| --- | ---: |
| Work | 100.00 |

---

[[table items | name "Article" | price right | note]]

[[page break]]

## Terms

Pay soon.`;

const items = Array.from({ length: 120 }, (_, index) => ({
  name: `Article ${index + 1}`,
  price: index * 1.5,
  note:
    index % 10 === 0
      ? 'A longer note that has to be broken over more than one line of its cell, as notes often are'
      : null,
}));

describe('PDF', () => {
  it.skipIf(!hasTools)(
    'is made from a template with text, tables over pages, a picture and page numbers',
    async () => {
      const { file, output, logs } = await make({
        template,
        values: { items, logo: { id: 'logo' } },
        header: 'Acme Ltd',
      });
      expect(output).toMatchObject({ name: 'a.pdf', type: 'application/pdf' });
      expect(logs).toEqual([]);
      const text = textOf(file);
      for (const part of [
        'Invoice 2026-17 — Größe, Ελλάδα, Москва',
        'Dear Ada, thank you for your order. 5 < 7 & code <b>no tag</b>',
        '1. One',
        'inner',
        'Quoted',
        'Work',
        'Article 120',
        '178.5',
        'Terms',
      ]) {
        expect(text).toContain(part);
      }
      const pages = text.split('\f').filter((page) => page.trim() !== '');
      expect(pages.length).toBeGreaterThan(3);
      for (const [index, page] of pages.entries()) {
        expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
        expect(page).toContain('Acme Ltd');
      }
      // The head of the table is on each page that it goes over.
      expect(
        pages
          .filter((page) => page.includes('Article 1') || /Article \d+/.test(page))
          .every((page) => /Article\s+Price\s+Note|Article\s+.*[Pp]rice/.test(page)),
      ).toBe(true);
      expect(pages.at(-1)).toContain('Pay soon.');
      expect(infoOf(file)).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
      // It can be drawn, and the picture is on it.
      execFileSync('pdftoppm', ['-png', '-r', '70', file, path.join(folder, 'page')]);
      expect(readdirSync(folder).filter((name) => /^page.*\.png$/.test(name))).toHaveLength(pages.length);
      expect(execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' })).toMatch(/image\s+8\s+8/);
      if (process.env['FETTLE_TEST_KEEP_PDF'] !== undefined)
        execFileSync('cp', ['-r', folder, process.env['FETTLE_TEST_KEEP_PDF']]);
    },
    30_000,
  );

  it.skipIf(!hasTools)(
    'has the page that was asked for',
    async () => {
      const { file } = await make({
        template: 'x',
        pageSize: 'LETTER',
        orientation: 'landscape',
        footer: '',
        title: 'T',
      });
      expect(infoOf(file)).toMatch(/Page size:\s+792 x 612 pts \(letter\)/);
      expect(infoOf(file)).toMatch(/Title:\s+T/);
      expect(textOf(file).trim()).toBe('x');
    },
    30_000,
  );

  it('gives words the looks that they have, one in the other', () => {
    const empty = { lists: {}, images: {}, width: 100 };
    const [paragraph] = contentOf('a **b *c*** [d](https://e.f) [g](javascript:h)', empty);
    expect(paragraph?.['text']).toEqual([
      { text: 'a ' },
      { text: 'b ', bold: true },
      { text: 'c', bold: true, italics: true },
      { text: ' ' },
      { text: 'd', link: 'https://e.f', color: '#1864ab' },
      { text: ' ' },
      { text: 'g' },
    ]);
  });

  it('takes columns from rows, and says which names are unknown', async () => {
    await expect(make({ template: '[[table rows]]' })).rejects.toMatchObject({ code: 'pdf.name-unknown' });
    await expect(make({ template: '![x](file:///etc/passwd)' })).rejects.toMatchObject({ code: 'pdf.name-unknown' });
    await expect(make({ template: '![x](http://127.0.0.1/x.png)' })).rejects.toMatchObject({
      code: 'pdf.name-unknown',
    });
    await expect(make({ template: '[[chart rows]]' })).rejects.toMatchObject({ code: 'pdf.placeholder-unknown' });
    const { bytes } = await make({ template: '[[table rows]]', values: { rows: [{ a: 1 }, { b: [2] }] } });
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  }, 30_000);

  it('refuses pictures and tables that are too much, and warns of signs that it cannot draw', async () => {
    const bad = {
      logo: { name: 'a.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    };
    const values = { logo: 'logo' };
    await expect(make({ template: 'x', values }, bad)).rejects.toMatchObject({ code: 'pdf.picture-type' });
    const wide = { logo: { ...files.logo, bytes: png(60_000, 60_000) } };
    await expect(make({ template: 'x', values }, wide)).rejects.toMatchObject({ code: 'pdf.picture-too-large' });
    const many = Array.from({ length: 9_000 }, () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }));
    await expect(make({ template: '[[table many]]', values: { many } })).rejects.toMatchObject({
      code: 'pdf.too-large',
    });
    expect((await make({ template: '漢字' })).logs).toMatchObject([{ level: 'warn' }]);
  }, 30_000);
});
