import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { sep } from 'node:path';

/** Something that was built, and the files of the project that it was built of. */
export interface BuiltOf<T> {
  readonly built: T;
  readonly files: readonly string[];
}

/** Keeps what was built for as long as none of its files changes. */
export interface BuildMemory {
  /** Builds anew only when one of the files of the last time says something else. */
  keep<T>(name: string, build: () => Promise<BuiltOf<T>>): Promise<T>;
}

/** As far as the clock that files are stamped with may be behind ours. */
const clockMs = 50;

/** For a single build. */
export const noMemory: BuildMemory = { keep: async (_name, build) => (await build()).built };

/**
 * Makes a memory for builds one after another. What a new file adds comes in by a change of one that was there, and
 * packages that others wrote do not change while somebody works on a plugin.
 */
export function createBuildMemory(): BuildMemory {
  const kept = new Map<string, { readonly sum: string; readonly of: BuiltOf<unknown> }>();
  return {
    async keep<T>(name: string, build: () => Promise<BuiltOf<T>>): Promise<T> {
      const known = kept.get(name) as { readonly sum: string; readonly of: BuiltOf<T> } | undefined;
      if (known !== undefined && known.sum === (await sumOf(known.of.files))) return known.of.built;
      kept.delete(name);
      const startedAt = Date.now();
      const of = await build();
      // Of a file that was saved meanwhile nobody knows which text was built.
      const saved = await Promise.all(of.files.map((file) => stat(file).catch(() => undefined)));
      if (saved.length > 0 && saved.every((found) => found !== undefined && found.mtimeMs < startedAt - clockMs))
        kept.set(name, { sum: await sumOf(of.files), of });
      return of.built;
    },
  };
}

/** Of the modules of a build, those that somebody writes in this folder. */
export function ownFiles(folder: string, modules: Iterable<string>): readonly string[] {
  return [...new Set([...modules].map((id) => id.replace(/\?.*$/s, '')))].filter(
    (file) => file.startsWith(folder + sep) && !file.includes(`${sep}node_modules${sep}`),
  );
}

async function sumOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\n`);
    hash.update(await readFile(file).catch(() => 'gone'));
  }
  return hash.digest('hex');
}
