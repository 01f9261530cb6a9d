import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError } from '@fettle/base';
import { checkSchema, type AppFiles } from '@fettle/definition';
import { Type, type Static } from 'typebox';
import { writeWhole } from './app-folder.ts';

const stateSchema = Type.Object({
  url: Type.String(),
  workspaceId: Type.String(),
  appId: Type.String(),
  slug: Type.String(),
  /** The revision that was seen last: pushing over a later one needs a look first. */
  revision: Type.Integer({ minimum: 0 }),
  /** SHA-256 of each file as it was then. */
  files: Type.Record(Type.String(), Type.String()),
});

/** What is known of where a folder came from. Kept beside it in `.fettle`, not in version control. */
export type AppState = Static<typeof stateSchema>;

const stateFile = (folder: string): string => join(folder, '.fettle', 'state.json');

/** Reads what the last pull or push left; undefined when there was none here. */
export async function readState(folder: string): Promise<AppState | undefined> {
  const file = stateFile(folder);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (checkSchema(stateSchema, json, '').length === 0) return json as AppState;
  } catch {
    // Told below, like every other form that does not fit.
  }
  throw inputError({
    code: 'folder.state-damaged',
    message: `${file} cannot be read.`,
    hint: 'Remove it, then pull again: fettle app pull --app <app>',
  });
}

/** Notes what was seen. */
export async function writeState(folder: string, state: AppState): Promise<void> {
  await writeWhole(join(folder, '.fettle', '.gitignore'), '*\n');
  await writeWhole(stateFile(folder), `${JSON.stringify(state, null, 2)}\n`);
}

/** The hashes that {@link AppState} keeps. */
export function hashFiles(files: AppFiles): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, createHash('sha256').update(text).digest('hex')]),
  );
}

/** Paths that differ between two sets of hashes. */
export function changedPaths(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]).toSorted();
}
