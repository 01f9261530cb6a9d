import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBuildMemory, type BuildMemory } from './build-memory.ts';
import { buildProject } from './build-project.ts';
import { readProject } from './project.ts';

let folder: string;
const files: Readonly<Record<string, string>> = {
  'fettle.plugin.json': JSON.stringify({
    id: 'cards',
    version: '1.0.0',
    title: 'Cards',
    description: 'Shows cards.',
    sdk: '^0.1.0',
    permissions: {},
  }),
  'src/words.ts': `export const title = 'First title';\n`,
  'src/card/manifest.ts': `import { defineComponent, Type } from '@fettle/sdk';
import { title } from '../words.ts';
export const manifest = defineComponent({
  id: 'cards/card', version: 1, title, description: 'A card.', icon: 'id', category: 'Cards', settings: Type.Object({}),
});\n`,
  'src/card/component.tsx': `export function Card() { return <p>First text</p>; }\n`,
  'src/components.ts': `import { implementComponent } from '@fettle/sdk/react';
import { manifest } from './card/manifest.ts';
export const components = [implementComponent(manifest, () => import('./card/component.tsx').then((one) => one.Card))];\n`,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-memory-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    // As of somebody who did not save it this very moment.
    await utimes(join(folder, path), 1_700_000_000, 1_700_000_000);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Counts what is built anew. */
function counting(memory: BuildMemory): BuildMemory & { readonly built: string[] } {
  const built: string[] = [];
  return {
    built,
    keep: (name, build) =>
      memory.keep(name, () => {
        built.push(name);
        return build();
      }),
  };
}

it('reads manifests anew when something they are made of was saved, and only then', async () => {
  const memory = counting(createBuildMemory());
  const build = async () => {
    memory.built.length = 0;
    const { manifest, files: out } = await buildProject(await readProject(folder, undefined), memory);
    const titles = (manifest.contributions.components ?? []).map(({ title }) => title);
    return { titles, code: Buffer.from(out.get('browser.js') ?? []).toString(), built: [...memory.built] };
  };
  const save = async (path: string, from: string, to: string) => {
    const text = await readFile(join(folder, path), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(folder, path), text.replace(from, to));
    // What was saved this very moment is read once more the next time.
    await new Promise((resolve) => setTimeout(resolve, 120));
  };
  const first = await build();
  expect([first.titles, first.built]).toEqual([['First title'], ['manifests of components']]);
  await save('src/card/component.tsx', 'First text', 'Second text');
  const second = await build();
  expect([second.titles, second.built]).toEqual([['First title'], []]);
  expect(second.code).toContain('Second text');
  await save('src/words.ts', 'First title', 'Second title');
  const third = await build();
  expect([third.titles, third.built]).toEqual([['Second title'], ['manifests of components']]);
  await save('src/card/manifest.ts', 'A card.', 'Another card.');
  expect((await build()).built).toEqual(['manifests of components']);
  expect((await build()).built).toEqual([]);
});

it('does not keep what was saved while it was built', async () => {
  const memory = createBuildMemory();
  const file = join(folder, 'src/words.ts');
  let builds = 0;
  // As long after the save before as people take.
  await utimes(file, 1_700_000_000, 1_700_000_000);
  const build = () =>
    memory.keep('one', async () => {
      builds += 1;
      const text = await readFile(file, 'utf8');
      if (builds === 1) await writeFile(file, `export const title = 'Saved meanwhile';\n`);
      return { built: text, files: [file] };
    });
  expect(await build()).not.toContain('meanwhile');
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(await build()).toContain('meanwhile');
  expect(await build()).toContain('meanwhile');
  expect(builds).toBe(2);
});
