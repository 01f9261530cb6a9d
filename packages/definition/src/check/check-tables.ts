import type { App } from '../app.ts';
import { findReferences } from '../references/find-references.ts';
import type { Reference } from '../references/reference.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { valueAt } from '../json-pointer.ts';
import type { AppProblem } from './app-problem.ts';
import { comparedValue, misfit } from './check-values.ts';

/** A column as introspection finds it. */
export interface KnownColumn {
  readonly name: string;
  readonly type?: string;
  /** The values that it may have. */
  readonly options?: readonly string[];
}

/** A table as introspection finds it. */
export interface KnownTable {
  readonly id: string;
  readonly columns: readonly KnownColumn[];
  readonly relations: readonly { readonly name: string; readonly table: string }[];
}

/** The tables of each data source by its id; null where they could not be read. */
export type KnownSources = Readonly<Record<string, readonly KnownTable[] | null>>;

/** Data sources, tables and columns that an app names and that are not there, and values that no such column has. */
export function checkTables(app: App, catalog: ExtensionCatalog, sources: KnownSources): readonly AppProblem[] {
  return findReferences(app, catalog).flatMap((reference) => {
    const problem = complain(reference, sources);
    if (problem !== undefined) return [{ severity: 'error' as const, ...reference.from, ...problem }];
    const misfitting = complainOfValue(app, reference, sources);
    return misfitting === undefined ? [] : [misfitting];
  });
}

/** A value that is written where its column is named: beside it in a filter, or under its name in values to be stored. */
function complainOfValue(app: App, { from, to }: Reference, sources: KnownSources): AppProblem | undefined {
  if (to.kind !== 'column') return undefined;
  const column = findColumn(to.id, sources);
  if (column === undefined) return undefined;
  const keys = from.path.split('/');
  const last = keys.at(-1);
  const place = last === 'column' ? `${keys.slice(0, -1).join('/')}/value` : from.path;
  const value =
    last === 'column'
      ? comparedValue(valueAt(app, keys.slice(0, -1).join('/')))
      : keys.at(-2) === 'values'
        ? valueAt(app, from.path)
        : undefined;
  const message = misfit(value, column);
  if (message === undefined) return undefined;
  return { severity: 'error', ...from, path: place, code: 'value.misfit', message, hint: 'Correct the value.' };
}

/** The column that a reference names, through relations where it does. */
function findColumn(id: string, sources: KnownSources): KnownColumn | undefined {
  const slash = id.indexOf('/');
  const tables = sources[id.slice(0, slash)] ?? [];
  const table = tableIn(id.slice(slash + 1), tables);
  const found = table === undefined ? undefined : memberAt(table, id.slice(slash + table.id.length + 2), tables);
  return found === 'relation' ? undefined : found;
}

function tableIn(rest: string, tables: readonly KnownTable[]): KnownTable | undefined {
  return tables.filter(({ id }) => rest.startsWith(`${id}/`)).toSorted((a, b) => b.id.length - a.id.length)[0];
}

/** What a path through relations leads to: a column, or a relation itself. */
function memberAt(
  table: KnownTable,
  path: string,
  tables: readonly KnownTable[],
): KnownColumn | 'relation' | undefined {
  const own = table.columns.find(({ name }) => name === path);
  if (own !== undefined) return own;
  for (const { name, table: target } of table.relations) {
    if (name === path) return 'relation';
    const next = path.startsWith(`${name}.`) ? tables.find(({ id }) => id === target) : undefined;
    const found = next === undefined ? undefined : memberAt(next, path.slice(name.length + 1), tables);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Complaint = Pick<AppProblem, 'code' | 'message' | 'hint'>;

function complain({ to }: Reference, sources: KnownSources): Complaint | undefined {
  if (to.kind !== 'dataSource' && to.kind !== 'table' && to.kind !== 'column') return undefined;
  const slash = to.id.indexOf('/');
  const source = slash === -1 ? to.id : to.id.slice(0, slash);
  const rest = to.id.slice(slash + 1);
  if (!Object.hasOwn(sources, source)) {
    // Told once, where the data source is named.
    return to.kind !== 'dataSource'
      ? undefined
      : {
          code: 'reference.dataSource',
          message: `The workspace has no data source "${source}".`,
          hint: 'Choose another one; an import gives data sources of other workspaces their counterparts.',
        };
  }
  const tables = sources[source] ?? undefined;
  if (tables === undefined || to.kind === 'dataSource') return undefined;
  if (to.kind === 'table') {
    if (tables.some(({ id }) => id === rest)) return undefined;
    return {
      code: 'reference.table',
      message: `The data source has no table "${rest}".`,
      hint: nearest(
        rest,
        tables.map(({ id }) => id),
      ),
    };
  }
  const table = tableIn(rest, tables);
  if (table === undefined) return undefined;
  const column = rest.slice(table.id.length + 1);
  if (memberAt(table, column, tables) !== undefined) return undefined;
  return {
    code: 'reference.column',
    message: `The table "${table.id}" has no column "${column}".`,
    hint: nearest(
      column,
      [...table.columns, ...table.relations].map(({ name }) => name),
    ),
  };
}

function nearest(name: string, known: readonly string[]): string {
  const start = name.toLowerCase().slice(0, 3);
  const close = known.filter(
    (one) => one.toLowerCase().startsWith(start) || name.toLowerCase().includes(one.toLowerCase()),
  );
  const shown = (close.length > 0 ? close : known).slice(0, 8);
  return shown.length === 0 ? 'It has none.' : `There is: ${shown.join(', ')}.`;
}
