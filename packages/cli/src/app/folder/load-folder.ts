import { inputError, type Problem } from '@fettle/base';
import { loadApp, saveApp, type App, type AppFiles } from '@fettle/definition';
import { readAppFiles } from './app-folder.ts';

/** An app as it stands in a folder. */
export interface FolderApp {
  readonly app: App;
  /** As it stands. */
  readonly files: AppFiles;
  /** As it is written: canonical. */
  readonly canonical: AppFiles;
}

/** Reads the app of a folder, or says what is wrong with it. */
export async function loadFolder(folder: string): Promise<FolderApp> {
  const files = await readAppFiles(folder);
  const loaded = loadApp(files);
  if (!loaded.ok) throw unusable(folder, loaded.error);
  return { app: loaded.value, files, canonical: saveApp(loaded.value) };
}

function unusable(folder: string, problems: readonly Problem[]): Error {
  return inputError({
    code: 'folder.invalid',
    message: `The app in ${folder} cannot be used: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`,
    hint: 'Correct them; fettle app validate shows each with its line.',
    problems,
  });
}
