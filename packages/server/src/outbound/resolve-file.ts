import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { inputError, notAllowed, type AppError } from '@fettle/base';

/** Which files data sources may open. */
export interface FileRules {
  /** Folders of the setting `FETTLE_SQLITE_DIRS`. */
  readonly folders: readonly string[];
  /** Files and folders of this server itself: never. */
  readonly reserved: readonly string[];
}

/**
 * Turns the path a builder typed into the real file, which must lie in one of the operator's folders. A relative
 * path is looked for in each of them. Links are followed first, so that none can lead out.
 */
export async function resolveDataFile(path: string, rules: FileRules): Promise<string> {
  if (path === '' || path.length > 1000 || path.includes('\0') || /^file:/i.test(path)) throw notAFile();
  const reserved = await Promise.all(rules.reserved.map(realpathOrSelf));
  for (const folder of await Promise.all(rules.folders.map(realpathOrSelf))) {
    const real = await realpath(isAbsolute(path) ? path : join(folder, path)).catch(() => undefined);
    if (real === undefined || !isInside(real, folder)) continue;
    if (reserved.some((own) => real === own || real.startsWith(`${own}-`) || isInside(real, own))) continue;
    if ((await stat(real)).isFile()) return real;
  }
  throw refused();
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function realpathOrSelf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function notAFile(): AppError {
  return inputError({
    code: 'outbound.file-invalid',
    message: 'This is not the path of a file.',
    hint: 'Enter the name of a file, e.g. shop.sqlite',
  });
}

// One answer for "not there" and "not allowed": the difference would tell which files exist.
function refused(): AppError {
  return notAllowed({
    code: 'outbound.file-not-allowed',
    message: 'There is no such file in the folders that data sources may use.',
    hint: 'The server setting FETTLE_SQLITE_DIRS lists these folders.',
  });
}
