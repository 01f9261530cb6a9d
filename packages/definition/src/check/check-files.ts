import { isJsonObject, type Json, type JsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { emptyApp } from '../empty-app.ts';
import { checkInvariants } from '../invariants/check-invariants.ts';
import { FolderReader, singles } from '../load/load-app.ts';
import { AppReader } from '../load/parse-app.ts';
import type { AppFiles } from '../load/save-app.ts';
import { documentKinds, documentMigrations, type DocumentKind } from '../migrate/document-migrations.ts';
import { readVersions, type StoredVersions } from '../migrate/read-versions.ts';
import type { ExtensionCatalog } from '../uses.ts';
import type { AppProblem } from './app-problem.ts';
import { checkApp } from './check-app.ts';
import { checkQueryKinds, type KnownQueryKinds } from './check-queries.ts';
import { checkTables, type KnownSources } from './check-tables.ts';
import { rowShapesOf } from './shapes.ts';

/** Something wrong in a folder. `path` is the file and a JSON pointer into it: `screens/home.json#/route`. */
export type FileProblem = Pick<AppProblem, 'severity' | 'code' | 'path' | 'message' | 'hint'>;

/** What checking a folder needs to know besides its files. */
export interface CheckFilesOptions {
  readonly catalog: ExtensionCatalog;
  /** The structure of the data sources; without it, names of tables and columns are not checked. */
  readonly sources?: KnownSources;
  /** What queries the data sources run; without it, settings of queries are not checked. */
  readonly queryKinds?: KnownQueryKinds;
  /** Further checks of the whole app, of what its definition alone does not know. */
  readonly also?: (app: App) => readonly AppProblem[];
}

/**
 * Everything wrong with the files of an app, also when it does not load: a document that does not fit its schema is told
 * and stands back, as if it were empty, so that all others are checked with it in its place.
 */
export function checkFiles(files: AppFiles, options: CheckFilesOptions): readonly FileProblem[] {
  const { catalog, sources, queryKinds, also } = options;
  const folder = new FolderReader();
  for (const path of Object.keys(files).toSorted()) folder.add(path, files[path]);
  for (const path of Object.keys(singles)) {
    if (!Object.hasOwn(files, path)) folder.refuse(path, 'file.missing', `The file ${path} is missing.`);
  }
  const given = folder.toJson() as Record<string, Json>;
  const problems: FileProblem[] = folder.problems.map((problem) => asError(problem, problem.path));
  const versions = readVersions(given, catalog);
  const spare = emptyApp('App');
  const isMissing = (member: string): boolean => given[member] === undefined;
  if (!versions.ok && !isMissing('app'))
    problems.push(...versions.error.map((problem) => asError(problem, folder.fileOf(problem.path))));
  const reader = new AppReader(versions.ok ? versions.value : currentVersions(), catalog);
  const unsound = new Set(['/app', '/access', '/theme'].filter((path) => isMissing(path.slice(1))));
  const read = reader.read({
    ...given,
    ...Object.fromEntries(
      [...unsound].map((path) => [path.slice(1), spare[path.slice(1) as 'app'] as unknown as Json]),
    ),
  } as JsonObject);
  for (const problem of reader.problems) {
    problems.push(asError(problem, folder.fileOf(problem.path)));
    unsound.add(documentOf(problem.path));
  }
  let app = standIn(read, unsound, spare);
  let found: readonly AppProblem[];
  try {
    found = checkApp(app, { catalog });
  } catch {
    // What breaks a rule of the whole may be more than a check of its parts can bear.
    const broken = checkInvariants(app);
    broken.forEach(({ path }) => unsound.add(documentOf(path)));
    problems.push(...broken.map((problem) => asError(problem, folder.fileOf(problem.path))));
    app = standIn(read, unsound, spare);
    found = checkApp(app, { catalog });
  }
  const all = [
    ...found,
    ...(sources === undefined ? [] : checkTables(app, catalog, sources)),
    ...(sources === undefined ? [] : unknownColumns(app, { catalog, sources, found })),
    ...(queryKinds === undefined ? [] : checkQueryKinds(app, queryKinds)),
    ...(also?.(app) ?? []),
  ];
  const told = all.filter((problem) => !follows(problem, unsound));
  return distinct([
    ...problems,
    ...told.map(({ severity, code, message, hint, path }) => ({
      severity,
      code,
      message,
      hint: hint === 'Undo the last change.' ? 'Correct it here.' : hint,
      path: folder.fileOf(path),
    })),
  ]);
}

/** What expressions ask rows for that their tables do not have: all that is found only when the tables are known. */
function unknownColumns(
  app: App,
  known: { readonly catalog: ExtensionCatalog; readonly sources: KnownSources; readonly found: readonly AppProblem[] },
): readonly AppProblem[] {
  const { catalog, sources, found } = known;
  const idOf = ({ path, message }: AppProblem): string => `${path} ${message}`;
  const before = new Set(found.map(idOf));
  return checkApp(app, { catalog, rows: rowShapesOf(sources) })
    .filter((problem) => !before.has(idOf(problem)))
    .map((problem) => ({ ...problem, severity: 'error', code: 'reference.column' }));
}

function asError(problem: { readonly code?: string; readonly message: string }, path: string): FileProblem {
  const { code = 'app.invalid', message } = problem;
  return { severity: 'error', code, path, message, hint: 'Compare it with an app that was pulled.' };
}

function currentVersions(): StoredVersions {
  const documents = documentKinds.map((kind) => [kind, documentMigrations[kind].current] as const);
  return { documents: Object.fromEntries(documents) as Record<DocumentKind, number>, extensions: {} };
}

/** The document that a pointer leads into: `/screens/scr_1`, `/access`. */
function documentOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return ['app', 'access', 'theme'].includes(first) ? `/${first}` : `/${first}/${second}`;
}

/** Problems of what stands in for a document, and what only follows from it. */
function follows(problem: AppProblem, unsound: ReadonlySet<string>): boolean {
  if (unsound.has(documentOf(problem.path))) return true;
  // What leads to a screen may stand in a document that could not be read.
  if (unsound.size > 0 && /^(screen\.unreachable|app\.no-home)/.test(problem.code)) return true;
  return unsound.has('/access') && problem.code === 'reference.role';
}

function standIn(app: App, unsound: ReadonlySet<string>, spare: App): App {
  const [blank] = Object.values(spare.screens);
  const replace = <T>(
    list: Readonly<Record<string, T>>,
    member: string,
    make: (id: string, given: T) => T | undefined,
  ) =>
    Object.fromEntries(
      Object.entries(list).flatMap(([id, document]) => {
        const kept = unsound.has(`/${member}/${id}`) ? make(id, document) : document;
        return kept === undefined ? [] : [[id, kept] as const];
      }),
    );
  const nameOf = (given: unknown, id: string): string =>
    isJsonObject(given) && typeof given['name'] === 'string' ? given['name'] : id;
  return {
    app: unsound.has('/app') ? spare.app : app.app,
    access: unsound.has('/access') ? spare.access : app.access,
    theme: unsound.has('/theme') ? spare.theme : app.theme,
    screens: replace(app.screens, 'screens', (id, given) => ({
      ...(blank as NonNullable<typeof blank>),
      id,
      name: nameOf(given, id),
      route: `/unsound-${id}`,
    })),
    queries: replace(app.queries, 'queries', (id, given) => ({
      id,
      name: nameOf(given, id),
      dataSource: 'ds_none',
      kind: 'sql',
      settings: {},
      parameters: [],
      mode: 'read',
      run: 'manual',
    })),
    flows: replace(app.flows, 'flows', (id, given) => ({
      id,
      name: nameOf(given, id),
      trigger: { type: 'core/none', settings: {} },
      steps: [],
    })),
    flowTests: replace(app.flowTests, 'flowTests', () => undefined),
  };
}

function distinct(problems: readonly FileProblem[]): readonly FileProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem])).values()];
}
