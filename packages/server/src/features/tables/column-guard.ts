import { filterColumns, type Filter, type Grant, type ReleaseRights } from '@fettle/access';
import { notAllowed } from '@fettle/base';
import { tableReference } from '@fettle/definition';
import type { Expand, RelationDescription, Row, TableDescription } from '@fettle/sdk';
import type { KnownSchema } from '../data-sources/open-source.ts';

/** The place of a table: which data source's structure, which table of it. */
export interface GuardedTable {
  readonly dataSource: string;
  readonly known: KnownSchema;
  readonly table: TableDescription;
}

type Columns = 'all' | ReadonlySet<string>;

const maxRemembered = 500;
const textTypes: ReadonlySet<string> = new Set(['text', 'longText', 'enum']);

/**
 * Which columns of a table a set of roles may name, in any position: to read, filter, sort, search, group, measure,
 * expand or write. A column that may not be read may not be compared either, since a comparison reads it.
 *
 * - Own columns: those of the rights, and the primary key.
 * - `relation.column`: as written in the rights, in its columns or beside them; or when the roles may see that column in the related table itself
 *   and the columns that make the link; or, where every own column is allowed, the related row's key and label.
 */
export class ColumnGuard {
  readonly table: TableDescription;
  readonly known: KnownSchema;
  /** Own columns that may be read, in table order; undefined when all may. */
  readonly own: readonly string[] | undefined;
  /** Text columns that a search without columns looks through; undefined when all. */
  readonly searchable: readonly string[] | undefined;
  readonly #dataSource: string;
  readonly #rights: ReleaseRights;
  readonly #columns: Columns;
  readonly #related: ReadonlySet<string>;
  readonly #written: { readonly create: Columns; readonly update: Columns };
  readonly #keys: ReadonlySet<string>;
  readonly #remembered = new Set<string>();

  constructor(place: GuardedTable, rights: ReleaseRights) {
    const own = rightsOn(rights, place);
    const columns = columnsOf(own?.columns ?? []);
    this.table = place.table;
    this.known = place.known;
    this.#dataSource = place.dataSource;
    this.#rights = rights;
    this.#columns = columns;
    this.#related = new Set(own?.related);
    this.#written = {
      create: own?.written === undefined ? columns : columnsOf(own.written.create),
      update: own?.written === undefined ? columns : columnsOf(own.written.update),
    };
    this.#keys = new Set(place.table.primaryKey);
    const readable = place.table.columns.filter((column) => this.allowsOwn(column.name));
    this.own = columns === 'all' ? undefined : readable.map((column) => column.name);
    this.searchable =
      columns === 'all'
        ? undefined
        : readable.filter((column) => textTypes.has(column.type)).map((column) => column.name);
  }

  allowsOwn(column: string): boolean {
    return this.#columns === 'all' || this.#columns.has(column) || this.#keys.has(column);
  }

  /** True when the path (`column` or `relation.column`) may be named. */
  allows(path: string): boolean {
    if (this.#remembered.has(path)) return true;
    const isAllowed = this.#decide(path, 0);
    if (isAllowed && this.#remembered.size < maxRemembered) this.#remembered.add(path);
    return isAllowed;
  }

  /** True when the relation may be followed at all. */
  allowsRelation(name: string): boolean {
    if (this.table.relations.every((relation) => relation.name !== name)) return false;
    return this.relatedColumns(name).length > 0;
  }

  /** Columns of the related table that may be read through the relation. */
  relatedColumns(name: string): readonly string[] {
    const target = this.#target(this.#relation(name));
    if (target === undefined) return [];
    return target.columns.map((column) => column.name).filter((column) => this.allows(`${name}.${column}`));
  }

  /** Throws unless every path may be named. */
  assertPaths(paths: readonly string[]): void {
    for (const path of paths) if (!this.allows(path)) throw refuse(path);
  }

  /** Throws unless every column and relation of the filter may be named. */
  assertFilter(filter: Filter): void {
    for (const path of filterColumns(filter)) {
      if (!this.allows(path) && !this.#allowsRelationPath(path)) throw refuse(path);
    }
  }

  /** Throws unless every column may be read. */
  assertOwn(values: Row): void {
    for (const column in values) if (!this.allowsOwn(column)) throw refuse(column);
  }

  /** Throws unless every column may be written. A new row may need its key; that of a stored row stays as it is. */
  assertWritten(values: Row, verb: 'create' | 'update'): void {
    const written = this.#written[verb];
    if (written === 'all') return;
    for (const column in values) {
      if (!written.has(column) && !(verb === 'create' && this.#keys.has(column))) throw refuse(column);
    }
  }

  /** The expansion with only what may be read. What was asked for by name and may not be read is refused. */
  restrictExpand(expand: Expand, prefix = ''): Expand {
    const result: Record<string, Expand[string]> = {};
    for (const [name, request] of Object.entries(expand)) {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const target = this.#targetOf(path);
      if (target === undefined) throw refuse(path);
      const allowed = target.columns.map((column) => column.name).filter((column) => this.allows(`${path}.${column}`));
      for (const column of request.columns ?? [])
        if (!this.allows(`${path}.${column}`)) throw refuse(`${path}.${column}`);
      const inner = request.expand === undefined ? undefined : this.restrictExpand(request.expand, path);
      if (allowed.length === 0 && inner === undefined) throw refuse(path);
      result[name] = {
        ...request,
        columns: request.columns ?? allowed,
        ...(inner === undefined ? {} : { expand: inner }),
      };
    }
    return result;
  }

  /** A stored row without the columns that may not be read. */
  visible(row: Row): Row {
    if (this.own === undefined) return row;
    const visible: Record<string, Row[string]> = {};
    for (const name of this.own) if (Object.hasOwn(row, name)) visible[name] = row[name] ?? null;
    return visible;
  }

  #decide(path: string, depth: number): boolean {
    if (this.#columns !== 'all' && this.#columns.has(path)) return true;
    if (this.#related.has(path)) return true;
    const dot = path.indexOf('.');
    // A column's own name can hold a dot: what the table itself has comes first.
    if (dot === -1 || this.table.columns.some((column) => column.name === path)) return this.allowsOwn(path);
    if (depth > 4) return false;
    const name = path.slice(0, dot);
    const rest = path.slice(dot + 1);
    const relation = this.#relation(name);
    const target = this.#target(relation);
    if (relation === undefined || target === undefined) return false;
    if (this.#isLabelOrKey(name, relation, target, rest)) return true;
    return this.#isAllowedThere(relation, target, rest, depth);
  }

  #isLabelOrKey(name: string, relation: RelationDescription, target: TableDescription, rest: string): boolean {
    const isKey = target.primaryKey.includes(rest);
    if (this.#columns === 'all') return relation.kind === 'one' && (isKey || rest === target.labelColumn);
    if (this.#columns.has(name)) return isKey || rest === target.labelColumn;
    return isKey && [...this.#columns].some((path) => path.startsWith(`${name}.`));
  }

  #isAllowedThere(relation: RelationDescription, target: TableDescription, rest: string, depth: number): boolean {
    const place = { dataSource: this.#dataSource, known: this.known, table: target };
    if (rightsOn(this.#rights, place)?.view !== true) return false;
    const there = new ColumnGuard(place, this.#rights);
    const isLinkVisible =
      relation.through !== undefined
        ? this.#columns === 'all'
        : relation.kind === 'one'
          ? relation.columns.every((column) => this.allowsOwn(column))
          : relation.foreignColumns.every((column) => there.allowsOwn(column));
    return isLinkVisible && there.#decide(rest, depth + 1);
  }

  #allowsRelationPath(path: string): boolean {
    const target = this.#targetOf(path);
    return target !== undefined && target.columns.some((column) => this.allows(`${path}.${column.name}`));
  }

  #targetOf(path: string): TableDescription | undefined {
    let table: TableDescription | undefined = this.table;
    for (const name of path.split('.')) {
      const relation: RelationDescription | undefined = table?.relations.find((candidate) => candidate.name === name);
      table = relation === undefined ? undefined : this.known.tables.get(relation.table);
    }
    return table;
  }

  #relation(name: string): RelationDescription | undefined {
    return this.table.relations.find((relation) => relation.name === name);
  }

  #target(relation: RelationDescription | undefined): TableDescription | undefined {
    return relation === undefined ? undefined : this.known.tables.get(relation.table);
  }
}

function rightsOn(
  rights: ReleaseRights,
  { dataSource, table }: GuardedTable,
): ReleaseRights['tables'][string] | undefined {
  const reference = tableReference(dataSource, table.id);
  return Object.hasOwn(rights.tables, reference) ? rights.tables[reference] : undefined;
}

function columnsOf(columns: 'all' | readonly string[]): Columns {
  return columns === 'all' ? 'all' : new Set(columns);
}

// Rights live as long as a release is cached: guards are made once per table, not per request.
const guards = new WeakMap<ReleaseRights, Map<string, ColumnGuard>>();

/** The guard of a grant on a table; undefined for builders, who may name every column. */
export function guardOf(grant: Grant, place: GuardedTable): ColumnGuard | undefined {
  const { subject } = grant;
  if (subject.kind === 'workspace' || subject.kind === 'app') return undefined;
  if (subject.kind !== 'release') throw refuse(place.table.id);
  return guardOfRights(subject.rights, place);
}

/** The guard of a set of rights on a table. */
export function guardOfRights(rights: ReleaseRights, place: GuardedTable): ColumnGuard {
  let tables = guards.get(rights);
  if (tables === undefined) {
    tables = new Map();
    guards.set(rights, tables);
  }
  const reference = tableReference(place.dataSource, place.table.id);
  const known = tables.get(reference);
  if (known !== undefined && known.known === place.known) return known;
  const guard = new ColumnGuard(place, rights);
  tables.set(reference, guard);
  return guard;
}

// The same for a column that does not exist: the answer must not tell which hidden columns there are.
function refuse(path: string) {
  return notAllowed({
    code: 'column.not-allowed',
    message: `You may not use "${path.slice(0, 260)}" here.`,
    hint: 'Ask an admin of the app for a role that may, or a builder to add the column to a component you can see.',
  });
}
