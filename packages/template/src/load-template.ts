import { fail, isJsonObject, ok, type Json, type Problem, type Result } from '@fettle/base';
import { checkSchema, guardJson, loadApp, type AppFiles, type ExtensionCatalog } from '@fettle/definition';
import type { TSchema } from 'typebox';
import { templateAboutSchema, type TemplateAbout } from './format/about-schema.ts';
import { templateTablesSchema, type TemplateTable } from './format/tables-schema.ts';
import type { Template, TemplateFiles, TemplateRow } from './template.ts';

const rowsPath = /^rows\/([A-Za-z][A-Za-z0-9_]*)\.json$/;
const mostRows = 1000;

/**
 * Reads a template from the files of its folder. Never throws; the path of a problem is the file and a JSON pointer into
 * it: `rows/tickets.json#/3/status`. That what it says holds together is for `checkTemplate` to say.
 */
export function loadTemplate(
  files: TemplateFiles,
  options: { readonly catalog?: ExtensionCatalog } = {},
): Result<Template, readonly Problem[]> {
  const reader = new Reader(files);
  const about = reader.read('template.json', templateAboutSchema) as TemplateAbout | undefined;
  const { tables = [] } =
    (reader.read('tables.json', templateTablesSchema) as { tables: TemplateTable[] } | undefined) ?? {};
  const rows = readRows(reader, files, tables);
  const appFiles = appFilesOf(files);
  const app = loadApp(appFiles, options);
  if (!app.ok) reader.problems.push(...app.error.map((problem) => ({ ...problem, path: `app/${problem.path}` })));
  if (reader.problems.length > 0 || about === undefined || !app.ok) return fail(reader.problems);
  return ok({ about, tables, rows, app: app.value, appFiles });
}

/** The files of a template's app, by the paths that an app has. */
export function appFilesOf(files: TemplateFiles): AppFiles {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => (path.startsWith('app/') ? [[path.slice(4), text] as const] : [])),
  );
}

function readRows(
  reader: Reader,
  files: TemplateFiles,
  tables: readonly TemplateTable[],
): Record<string, readonly TemplateRow[]> {
  const rows: Record<string, readonly TemplateRow[]> = {};
  for (const path of Object.keys(files).toSorted()) {
    const [, table] = rowsPath.exec(path) ?? [];
    if (table === undefined) continue;
    if (tables.length > 0 && !tables.some(({ name }) => name === table))
      reader.refuse(path, 'rows.table', `tables.json has no table "${table}".`);
    const list = reader.parse(path);
    if (list === undefined) continue;
    if (!Array.isArray(list) || !list.every(isJsonObject)) {
      reader.refuse(`${path}#`, 'rows.form', 'This must be a list of rows: objects with values by column.');
      continue;
    }
    if (list.length > mostRows) reader.refuse(`${path}#`, 'rows.count', `A table has ${mostRows} sample rows at most.`);
    rows[table] = list;
  }
  return rows;
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #files: TemplateFiles;

  constructor(files: TemplateFiles) {
    this.#files = files;
  }

  refuse(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }

  parse(path: string): Json | undefined {
    const text = this.#files[path];
    if (text === undefined) {
      this.refuse(path, 'file.missing', `The file ${path} is missing.`);
      return undefined;
    }
    try {
      const value = JSON.parse(text) as Json;
      const unsafe = guardJson(value, `${path}#`);
      this.problems.push(...unsafe);
      return unsafe.length === 0 ? value : undefined;
    } catch (error) {
      this.refuse(path, 'file.not-json', `This is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
      return undefined;
    }
  }

  read(path: string, schema: TSchema): unknown {
    const value = this.parse(path);
    if (value === undefined) return undefined;
    const problems = checkSchema(schema, value, `${path}#`);
    this.problems.push(...problems);
    return problems.length === 0 ? value : undefined;
  }
}
