import { filterColumns, parseFilter } from '@fettle/access';
import { isJsonObject, jsonEquals } from '@fettle/base';
import { tableReference } from '../kinds/data-setting.ts';
import { besideSetting } from '../references/settings-references.ts';
import { findSettings, settingDefault } from '../setting-paths.ts';
import type { ExtensionDescription, TableUse } from '../uses.ts';

/** The verbs of a table right. */
export type TableVerb = 'view' | 'create' | 'update' | 'delete';

/** A table that something uses, and how. */
export interface UsedTable {
  readonly reference: string;
  readonly verbs: readonly TableVerb[];
  readonly columns: 'all' | readonly string[];
  /** Columns of related rows that are read beside all of the table's own. */
  readonly related?: readonly string[];
  /** Those of the columns that its verbs may write. */
  readonly written: 'all' | readonly string[];
}

/** What one component (with its event actions) or the events of a screen make use of. */
export interface Uses {
  readonly queries: readonly string[];
  readonly flows: readonly string[];
  readonly tables: readonly UsedTable[];
  /** Data sources of which whole copies are made. */
  readonly backups: readonly string[];
}

/** What the settings of one extension instance use, by the `uses` of its manifest. Types not installed use nothing. */
export function usesOfSettings(
  settings: Readonly<Record<string, unknown>>,
  extension: ExtensionDescription | undefined,
): Uses {
  const queries: string[] = [];
  const tables: UsedTable[] = [];
  const flows: string[] = [];
  const backups: string[] = [];
  if (extension?.uses === undefined) return { queries, tables, flows, backups };
  for (const path of extension.uses.flows ?? []) {
    for (const { value } of findSettings(settings, path)) if (typeof value === 'string') flows.push(value);
  }
  for (const path of extension.uses.backups ?? []) {
    for (const { value } of findSettings(settings, path)) if (typeof value === 'string') backups.push(value);
  }
  for (const path of extension.uses.queries ?? []) {
    for (const { value } of findSettings(settings, path)) if (typeof value === 'string') queries.push(value);
  }
  for (const use of extension.uses.tables ?? []) {
    const counts = isUseActive(use, settings, extension);
    for (const { value, path } of findSettings(settings, use.setting)) {
      if (!isJsonObject(value)) continue;
      if (value['kind'] === 'query' && typeof value['query'] === 'string') queries.push(value['query']);
      const table = counts ? usedTable(value, use, { settings, path }) : undefined;
      if (table !== undefined) tables.push(table);
    }
  }
  return { queries, tables, flows, backups };
}

/**
 * `when` compares with fixed values. A setting that holds a binding never counts: the server cannot know what it
 * gives in the browser, and what it cannot know it denies. `checkApp` warns of it.
 */
function isUseActive(
  use: TableUse,
  settings: Readonly<Record<string, unknown>>,
  extension: ExtensionDescription,
): boolean {
  if (use.when === undefined) return true;
  const { setting, in: wanted } = use.when;
  const found = findSettings(settings, setting).map(({ value }) => value);
  const values = found.length > 0 ? found : [settingDefault(extension.settings, setting)];
  return values.some((value) => wanted.some((one) => jsonEquals(one, value)));
}

/** Where the setting that names a table was found: in a list, the columns of other items are those of other tables. */
interface TablePlace {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly path: string;
}

function usedTable(data: Readonly<Record<string, unknown>>, use: TableUse, place: TablePlace): UsedTable | undefined {
  const { dataSource, table } = data;
  if (typeof dataSource !== 'string' || typeof table !== 'string') return undefined;
  return {
    reference: tableReference(dataSource, table),
    verbs: use.actions,
    columns: usedColumns(data, use, place),
    related: relatedColumns(use, place),
    written: writtenColumns(use, place),
  };
}

/** What a use lets be written: what it names and does not hold back, never what only its filter and sort read. */
function writtenColumns(use: TableUse, place: TablePlace): 'all' | readonly string[] {
  const named = namedColumns(use, place);
  if (named.length === 0) return 'all';
  const held = new Set((use.columns ?? []).flatMap((path) => heldBack(use, path, place)));
  return [...new Set(named)].filter((column) => !held.has(column));
}

function namedColumns(use: TableUse, { settings, path: found }: TablePlace): readonly string[] {
  return (use.columns ?? []).flatMap((path) => {
    const { holder, rest } = besideSetting(settings, { setting: use.setting, found }, path);
    return findSettings(holder, rest).flatMap(({ value }) => columnNames(value));
  });
}

function heldBack(use: TableUse, path: string, { settings, path: found }: TablePlace): readonly string[] {
  const { unless } = use;
  if (unless === undefined) return [];
  const { holder, rest } = besideSetting(settings, { setting: use.setting, found }, path);
  const end = rest.lastIndexOf('/');
  const items = end === -1 ? [holder] : findSettings(holder, rest.slice(0, end)).map(({ value }) => value);
  return items.flatMap((item) =>
    isJsonObject(item) && unless.in.some((one) => jsonEquals(one, item[unless.beside]))
      ? columnNames(item[rest.slice(end + 1)])
      : [],
  );
}

/** The columns a use names, and those its own filter and sort read, or every column when it names none. */
function usedColumns(
  data: Readonly<Record<string, unknown>>,
  use: TableUse,
  place: TablePlace,
): 'all' | readonly string[] {
  const named = namedColumns(use, place);
  if (named.length === 0 && use.onlyNamed !== true) return 'all';
  return [...new Set([...named, ...readColumns(data)])];
}

function relatedColumns(use: TableUse, { settings, path: found }: TablePlace): readonly string[] {
  const named = (use.related ?? []).flatMap((path) => {
    const { holder, rest } = besideSetting(settings, { setting: use.setting, found }, path);
    return findSettings(holder, rest).flatMap(({ value }) => columnsRead(value));
  });
  return throughRelations(named);
}

/** Of columns those of related rows, such as `album.title`. */
export function throughRelations(columns: readonly string[]): readonly string[] {
  return [...new Set(columns)].filter((column) => column.includes('.'));
}

/** The columns that a filter compares, or that a text or list names. */
export function columnsRead(value: unknown): readonly string[] {
  if (!isJsonObject(value)) return columnNames(value);
  const filter = parseFilter(value);
  return filter.ok ? filterColumns(filter.value) : [];
}

function columnNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' || value.includes('{{') ? [] : [value];
  return Array.isArray(value) ? value.flatMap(columnNames) : [];
}

/** The columns that a filter and a sort beside one another read. */
export function readColumns(data: Readonly<Record<string, unknown>>): readonly string[] {
  const filter = data['filter'] === undefined ? undefined : parseFilter(data['filter']);
  const sort: readonly unknown[] = Array.isArray(data['sort']) ? data['sort'] : [];
  return [
    ...(filter?.ok === true ? filterColumns(filter.value) : []),
    ...sort.flatMap((item) => (isJsonObject(item) ? columnNames(item['column']) : [])),
  ];
}
