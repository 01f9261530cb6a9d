import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateFiles } from './template.ts';

const folders = ['rows', 'app', 'app/screens', 'app/queries', 'app/flows', 'app/flow-tests'];
const screenshotName = /^[A-Za-z][A-Za-z0-9_]{0,63}-(?:desktop|phone)\.jpg$/;

/** Names of the folders in a folder of templates. None when there is no such folder. */
export async function listTemplateFolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && /^[a-z][a-z0-9-]*$/.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
}

/** The JSON files of a template, by their paths in its folder. What else lies there, such as a README, is left alone. */
export async function readTemplateFolder(folder: string): Promise<TemplateFiles> {
  const files: Record<string, string> = {};
  const read = async (path: string): Promise<void> => {
    const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
    if (text !== undefined) files[path] = text;
  };
  await Promise.all(['template.json', 'tables.json'].map(read));
  for (const inside of folders) {
    const names = await readdir(join(folder, inside)).catch(() => []);
    await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => read(`${inside}/${name}`)));
  }
  return files;
}

/** Files of the pictures of a template's screens. */
export async function listScreenshots(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(join(folder, 'screenshots')).catch(() => []);
  return new Set(names.filter((name) => screenshotName.test(name)));
}
