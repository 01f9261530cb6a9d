import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../packages/standalone/dist/web/app', import.meta.url));

test('a published app that opens on a table loads at most 250 kB of compressed JavaScript', () => {
  const page = readFileSync(`${folder}/index.html`, 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  expect(scripts.length).toBeGreaterThan(2);
  // What the navigation's icons need comes on top; the benchmark measures all of it.
  const bytes = scripts.reduce((sum, path) => sum + sizeOf(`${folder}${path}`), 0);
  expect(bytes).toBeLessThan(230_000);
});

/** As sent: small files are not compressed. */
function sizeOf(file: string): number {
  return (statSync(`${file}.br`, { throwIfNoEntry: false }) ?? statSync(file)).size;
}
