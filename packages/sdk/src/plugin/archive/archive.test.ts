import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readArchive } from './read-archive.ts';
import { writeTar } from './tar.ts';
import { writeArchive } from './write-archive.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const packed = (files: Readonly<Record<string, string>>): Uint8Array =>
  gzipSync(writeTar(Object.entries(files).map(([path, text]) => ({ path, bytes: bytes(text) }))));

/** One entry written by hand, as an attacker would. */
function entry(
  path: string,
  options: { type?: string; size?: number; content?: string; prefix?: string } = {},
): Buffer {
  const content = Buffer.from(options.content ?? '');
  const header = Buffer.from(writeTar([{ path: 'x', bytes: content }]).subarray(0, 512));
  header.fill(0, 0, 100).write(path, 0, 'latin1');
  if (options.prefix !== undefined) header.write(options.prefix, 345, 'latin1');
  header.write(options.type ?? '0', 156, 'latin1');
  if (options.size !== undefined) header.write(`${options.size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('        ', 148);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
const archive = (...entries: readonly Buffer[]): Uint8Array =>
  gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
const refusal = async (packedBytes: Uint8Array, limits?: Parameters<typeof readArchive>[1]): Promise<string> =>
  readArchive(packedBytes, limits).then(
    () => 'accepted',
    (error: unknown) => `${(error as { code: string }).code}: ${(error as Error).message}`,
  );

describe('archives of plugins', () => {
  it('give back what was packed, in the order of its paths', async () => {
    const long = `${'folder-with-a-long-name/'.repeat(6)}file.js`;
    const files = new Map([
      ['server.js', bytes('b')],
      [long, bytes('c')],
      ['README.md', bytes('a')],
    ]);
    const read = await readArchive(writeArchive(files));
    expect([...read.keys()]).toEqual(['README.md', long, 'server.js']);
    expect(Buffer.from(read.get('server.js') ?? []).toString()).toBe('b');
  });

  it('are the same bytes for the same files', () => {
    const one = new Map([
      ['a.js', bytes('1')],
      ['b.js', bytes('2')],
    ]);
    const other = new Map([...one].toReversed());
    expect(Buffer.from(writeArchive(one)).equals(Buffer.from(writeArchive(other)))).toBe(true);
  });

  it.each([
    ['../outside.js'],
    ['package/../../outside.js'],
    ['package/a/../b.js'],
    ['/etc/passwd'],
    ['package//a.js'],
    ['package/./a.js'],
    ['C:x.js'],
    ['package\\..\\a.js'],
    ['package/a.js.'],
    ['package/con.js'],
    ['package/a b.js'],
    ['package/a\u00e9.js'],
    ['package/a\nb.js'],
    ['package/-/../..'],
    ['other/a.js'],
    ['package'],
    [`package/${'a/'.repeat(44)}b`],
  ])('with the path %j are refused', async (path) => {
    expect(await refusal(archive(entry(path, { content: 'x' })))).toMatch(
      /^plugin\.archive-refused: The archive holds /,
    );
  });

  it.each([
    ['1', 'a hard link'],
    ['2', 'a symbolic link'],
    ['3', 'a character device'],
    ['4', 'a block device'],
    ['6', 'a pipe'],
    ['x', 'an extended header'],
    ['g', 'a global extended header'],
    ['L', 'a long name of GNU tar'],
    ['S', 'a sparse file'],
    ['Z', 'something that is no file'],
  ])('with an entry of type %s are refused', async (type, name) => {
    expect(await refusal(archive(entry('package/a.js', { type })))).toContain(`holds ${name}`);
  });

  it('that show two readers two things are refused', async () => {
    const hidden = entry('package/a.js\0../b.js', { content: 'x' });
    expect(await refusal(archive(hidden))).toContain('hidden behind its end');
    expect(await refusal(archive(entry('a.js', { prefix: '..' })))).toContain('leads out of its folder');
    expect(await refusal(packed({ 'package/a.js': '', 'package/A.js': '' }))).toContain('some systems take for one');
    const twice = archive(entry('package/a.js', { content: '1' }), entry('package/a.js', { content: '2' }));
    expect(await refusal(twice)).toContain('"a.js" twice');
    expect(await refusal(packed({ 'package/a': '', 'package/A/b.js': '' }))).toContain('as a file and as a folder');
    const trailing = gzipSync(Buffer.concat([entry('package/a.js'), Buffer.alloc(1024), Buffer.from('more')]));
    expect(await refusal(trailing)).toContain('goes on after its end');
  });

  it('that are cut off or damaged are refused', async () => {
    const whole = packed({ 'package/a.js': 'x'.repeat(2000) });
    expect(await refusal(whole.subarray(0, whole.length - 12))).toContain('is damaged');
    expect(await refusal(gzipSync(entry('package/a.js', { size: 10_000, content: 'x' })))).toContain(
      'ends in the middle',
    );
    expect(await refusal(gzipSync(Buffer.alloc(0)))).toContain('ends in the middle');
    const wrongSum = Buffer.from(entry('package/a.js'));
    wrongSum[0] = 0x71;
    expect(await refusal(archive(wrongSum))).toContain('is damaged');
    expect(await refusal(bytes('PK\u0003\u0004 a zip file'))).toContain('is not a .tgz file');
    expect(await refusal(archive(entry('package/a.js', { size: -1 })))).toContain('states no size');
  });

  it('that unpack to too much are refused, without being unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(bomb)).toContain('unpacks to more than 32 MB');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
    const limits = { packedBytes: 1_000_000, unpackedBytes: 1_000_000, fileBytes: 1000, files: 3 };
    expect(await refusal(packed({ 'package/a.js': 'x'.repeat(1001) }), limits)).toContain('"a.js", which is larger');
    const many = Object.fromEntries([1, 2, 3, 4].map((n) => [`package/${n}.js`, '']));
    expect(await refusal(packed(many), limits)).toContain('more than 3 files');
    expect(await refusal(Buffer.alloc(1_000_001), limits)).toMatch(/^plugin\.archive-too-large/);
  });

  it('cannot be packed with paths that would be refused', () => {
    expect(() => writeArchive(new Map([['a b.js', bytes('')]]))).toThrow(/cannot be packed/);
    expect(() => writeArchive(new Map([['../a.js', bytes('')]]))).toThrow(/leads out of its folder/);
  });

  it('survive any damage of single bytes: what is read is right, or it is refused', async () => {
    const tar = writeTar([{ path: 'package/server.js', bytes: bytes('x'.repeat(100)) }]);
    for (let at = 0; at < 512; at += 1) {
      // Behind the sum itself stand a zero and a blank that nobody reads.
      if (at === 154 || at === 155) continue;
      const broken = Buffer.from(tar);
      broken[at] = (broken[at] ?? 0) ^ 0x15;
      expect(await refusal(gzipSync(broken)), `byte ${at}`).toMatch(/^plugin\.archive-/);
    }
  });
});
