import { fail, isJsonObject, type JsonObject, type Problem, type Result } from '@fettle/base';
import type { App } from '../app.ts';
import { appLimits } from '../limits.ts';
import { guardJson } from './guard-json.ts';
import { parseApp, type LoadOptions } from './parse-app.ts';
import type { AppFiles } from './save-app.ts';

type ListMember = 'screens' | 'queries' | 'flows' | 'flowTests';

/** Files that an app has exactly one of. */
export const singles: Readonly<Record<string, 'app' | 'access' | 'theme'>> = {
  'app.json': 'app',
  'access.json': 'access',
  'theme.json': 'theme',
};
const filePattern = /^(screens|queries|flows|flow-tests)\/([A-Za-z][A-Za-z0-9_]{0,63})\.json$/;
/** Folder → member of the single-document form. */
const members: Readonly<Record<string, ListMember>> = {
  screens: 'screens',
  queries: 'queries',
  flows: 'flows',
  'flow-tests': 'flowTests',
};
const idPattern = /^[a-z]{1,8}_[A-Za-z0-9]{1,40}$/;

/**
 * Reads an app from its files (see `saveApp`). Never throws; the path of a problem is the file and a JSON pointer
 * into it: `screens/home.json#/route`.
 */
export function loadApp(documents: AppFiles, options: LoadOptions = {}): Result<App, readonly Problem[]> {
  const folder = new FolderReader();
  const paths = Object.keys(documents).toSorted();
  if (paths.length > appLimits.screens + appLimits.queries + appLimits.flows + appLimits.flowTests + 3) {
    return fail([{ path: '', code: 'limit.count', message: `${paths.length} files are more than an app can have.` }]);
  }
  for (const path of paths) folder.add(path, documents[path]);
  for (const path of Object.keys(singles)) {
    if (!paths.includes(path)) folder.refuse(path, 'file.missing', `The file ${path} is missing.`);
  }
  if (folder.problems.length > 0) return fail(folder.problems);
  const app = parseApp(folder.toJson(), options);
  return app.ok ? app : fail(app.error.map((problem) => ({ ...problem, path: folder.fileOf(problem.path) })));
}

/** Reads the files of a folder one by one; what is wrong with one keeps none of the others from being read. */
export class FolderReader {
  readonly problems: Problem[] = [];
  readonly #header: Record<string, unknown> = {};
  readonly #documents: Record<string, JsonObject> = {};
  readonly #lists: Record<ListMember, Record<string, JsonObject>> = {
    screens: {},
    queries: {},
    flows: {},
    flowTests: {},
  };
  /** Pointer of a document in the single-document form → its file. */
  readonly #files = new Map<string, string>([
    ['/format', 'app.json#/format'],
    ['/versions', 'app.json#/versions'],
    ['/app', 'app.json#'],
    ['/access', 'access.json#'],
    ['/theme', 'theme.json#'],
  ]);

  refuse(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }

  add(path: string, text: unknown): void {
    const [, folder, name] = filePattern.exec(path) ?? [];
    const list = folder === undefined ? undefined : members[folder];
    const single = Object.hasOwn(singles, path) ? singles[path] : undefined;
    if (single === undefined && list === undefined) {
      return this.refuse(path, 'file.unknown', `"${path}" is no file of an app.`);
    }
    const document = this.#parse(path, text);
    if (document === undefined) return;
    if (single === 'app') {
      const { format, versions, ...rest } = document;
      Object.assign(this.#header, { format, versions });
      this.#documents['app'] = rest;
    } else if (single !== undefined) this.#documents[single] = document;
    else if (list !== undefined) this.#addListed(list, { path, name: name ?? '', document });
  }

  #parse(path: string, text: unknown): JsonObject | undefined {
    try {
      const document: unknown = JSON.parse(String(text));
      const unsafe = guardJson(document, `${path}#`);
      this.problems.push(...unsafe);
      if (unsafe.length > 0) return undefined;
      if (isJsonObject(document)) return document;
      this.refuse(`${path}#`, 'schema.type', 'A document is a JSON object.');
    } catch (error) {
      this.refuse(path, 'file.not-json', `This is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
    }
    return undefined;
  }

  #addListed(
    list: ListMember,
    file: { readonly path: string; readonly name: string; readonly document: JsonObject },
  ): void {
    const { id, name } = file.document;
    if (typeof id !== 'string' || !idPattern.test(id)) {
      return this.refuse(
        `${file.path}#/id`,
        'id.invalid',
        'A document needs an id: a prefix, "_", then letters and digits.',
      );
    }
    const other = this.#files.get(`/${list}/${id}`);
    if (other !== undefined)
      return this.refuse(`${file.path}#/id`, 'id.taken', `${other.slice(0, -1)} has the same id.`);
    if (name !== file.name) {
      return this.refuse(
        `${file.path}#/name`,
        'file.name',
        `The file must be called after its document: ${file.path.split('/')[0] ?? ''}/${String(name)}.json.`,
      );
    }
    this.#lists[list][id] = file.document;
    this.#files.set(`/${list}/${id}`, `${file.path}#`);
  }

  toJson(): unknown {
    return { ...this.#header, ...this.#documents, ...this.#lists };
  }

  /** Where a pointer into the single-document form stands in the folder. */
  fileOf(pointer: string): string {
    const [, first = '', second = ''] = pointer.split('/');
    for (const prefix of [`/${first}/${second}`, `/${first}`]) {
      const file = this.#files.get(prefix);
      if (file !== undefined) return `${file}${pointer.slice(prefix.length)}`;
    }
    return pointer;
  }
}
