import { createHash } from 'node:crypto';
import { bug, inputError, type Problem } from '@fettle/base';
import { loadApp, saveApp, type App, type AppFiles, type ExtensionCatalog } from '@fettle/definition';

/** An app with its files and the hash that names this very content. */
export interface AppContent {
  readonly app: App;
  readonly files: AppFiles;
  readonly hash: string;
}

/** How large the files of an app may be together, in characters. */
export const maxAppLength = 16 * 1024 * 1024;

/** The canonical content of an app. Equal apps have equal hashes. */
export function contentOf(app: App): AppContent {
  const files = saveApp(app);
  const length = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (length > maxAppLength) {
    throw inputError({
      code: 'app.too-large',
      message: 'The app is larger than an app can be (16 MB).',
      hint: 'Move data that stands in the app into a table, or split the app.',
    });
  }
  return { app, files, hash: hashOf(files) };
}

/** SHA-256 of the files, whatever order they come in. */
export function hashOf(files: AppFiles): string {
  return createHash('sha256').update(textOf(files)).digest('hex');
}

/** The files as one text, in order of their paths: what a release freezes. */
export function textOf(files: AppFiles): string {
  const paths = Object.keys(files).sort();
  return JSON.stringify(Object.fromEntries(paths.map((path) => [path, files[path]])));
}

/** Loads what we stored ourselves: anything wrong with it is our fault. */
export function loadStored(files: AppFiles, catalog: ExtensionCatalog, what: string): App {
  const loaded = loadApp(files, { catalog });
  if (loaded.ok) return loaded.value;
  throw bug(`${what} cannot be loaded: ${describe(loaded.error)}`);
}

/** Loads a release, with the functions that were frozen with it. */
export function loadFrozen(
  { files, functions }: { readonly files: AppFiles; readonly functions: App['functions'] },
  catalog: ExtensionCatalog,
  what: string,
): App {
  const app = loadStored(files, catalog, what);
  return functions === undefined ? app : { ...app, functions };
}

/** Loads what somebody sent. */
export function loadGiven(files: AppFiles, catalog: ExtensionCatalog): App {
  const loaded = loadApp(files, { catalog });
  if (loaded.ok) return loaded.value;
  throw inputError({
    code: 'app.invalid',
    message: `The definition cannot be used: ${describe(loaded.error)}`,
    hint: 'Export an app to see the expected form, and correct the places that are named.',
    problems: loaded.error.slice(0, 50),
  });
}

function describe(problems: readonly Problem[]): string {
  return problems
    .slice(0, 3)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join(' ');
}
