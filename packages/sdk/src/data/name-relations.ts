import type { RelationDescription, TableDescription } from './table.ts';

/** A foreign key between tables, by their ids. */
export interface ForeignKey {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

type Table = Omit<TableDescription, 'relations'>;

/**
 * Relations of every table from its foreign keys. The side with the key is named after its column (`album_id` →
 * `album`), the other side after the table (`albums`), and tables that only link two others make a many-to-many
 * relation between those. No name equals a column's.
 */
export function nameRelations(
  tables: readonly Table[],
  foreignKeys: readonly ForeignKey[],
): ReadonlyMap<string, readonly RelationDescription[]> {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const naming = new Map(tables.map((table) => [table.id, new Naming(table)]));
  const keys = withoutDuplicates(foreignKeys);
  for (const key of keys) {
    const target = byId.get(key.target);
    if (target === undefined) continue;
    const others = keys.filter((other) => other.table === key.table && other.target === key.target);
    naming.get(key.table)?.add(forwardNames(key, target), {
      kind: 'one',
      table: key.target,
      columns: key.columns,
      foreignColumns: key.targetColumns,
    });
    const source = byId.get(key.table);
    if (source === undefined) continue;
    const isOne = isUnique(source, key.columns);
    naming.get(key.target)?.add(backwardNames(key, source, isOne, others.length > 1), {
      kind: isOne ? 'one' : 'many',
      table: key.table,
      columns: key.targetColumns,
      foreignColumns: key.columns,
    });
  }
  for (const junction of tables) {
    const pair = junctionKeys(junction, keys);
    if (pair === undefined) continue;
    addThrough(naming, byId, junction, pair[0], pair[1]);
    addThrough(naming, byId, junction, pair[1], pair[0]);
  }
  return new Map([...naming].map(([id, relations]) => [id, relations.all]));
}

/** The relations of one table, each under a name that is free. */
class Naming {
  readonly all: RelationDescription[] = [];
  readonly #taken: Set<string>;

  constructor(table: Table) {
    this.#taken = new Set(table.columns.map((column) => column.name.toLowerCase()));
  }

  add(candidates: readonly string[], relation: Omit<RelationDescription, 'name'>): void {
    const isFree = (name: string): boolean =>
      name !== '' && !name.includes('.') && !this.#taken.has(name.toLowerCase());
    const last = (candidates.at(-1) ?? relation.table).replaceAll('.', '_');
    let name = candidates.find(isFree);
    for (let number = 2; name === undefined; number += 1)
      name = isFree(`${last}_${number}`) ? `${last}_${number}` : undefined;
    this.#taken.add(name.toLowerCase());
    this.all.push({ name, ...relation });
  }
}

function withoutDuplicates(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const text = JSON.stringify([key.table, key.columns, key.target, key.targetColumns]);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** `album_id`, `albumId`, `AlbumId`, `id_album` → `album`; a column without such an ending leaves the table's name. */
function stem(column: string): string | undefined {
  const cut =
    /^(.+?)[_\s-](?:id|fk|key|code|no|nr|uuid|ref)$/i.exec(column)?.[1] ??
    /^(.*[a-z0-9])(?:I[dD]|FK|Key|Code|Uuid)$/.exec(column)?.[1] ??
    /^(?:id|fk)_(.+)$/i.exec(column)?.[1];
  return cut === undefined || cut === '' ? undefined : lowerFirst(cut);
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z0-9]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function forwardNames(key: ForeignKey, target: Table): readonly string[] {
  const fromColumn = stem(key.columns.at(-1) ?? '');
  const fromTable = lowerFirst(singular(target.name));
  const column = key.columns.length === 1 ? (key.columns[0] ?? '') : key.columns.join('_');
  return [
    ...(fromColumn === undefined ? [] : [fromColumn]),
    ...(key.table !== key.target && (key.columns.length > 1 || fromColumn === undefined) ? [fromTable] : []),
    ...(column.toLowerCase() === fromTable.toLowerCase() ? [] : [`${fromColumn ?? column}_${fromTable}`]),
    `${column}_row`,
  ];
}

function backwardNames(key: ForeignKey, source: Table, isOne: boolean, isAmbiguous: boolean): readonly string[] {
  const name = lowerFirst(isOne ? singular(source.name) : plural(source.name));
  const role = stem(key.columns.at(-1) ?? '') ?? key.columns.join('_');
  const qualified = `${name}_by_${role}`;
  return isAmbiguous || key.table === key.target
    ? [qualified, `${qualified}_rows`]
    : [name, qualified, `${qualified}_rows`];
}

function isUnique(table: Table, columns: readonly string[]): boolean {
  const isSame = (key: readonly string[]): boolean => key.length > 0 && key.every((name) => columns.includes(name));
  return isSame(table.primaryKey) || table.uniqueKeys.some((key) => isSame(key));
}

/** The two foreign keys of a table that is nothing but a link: together they are its key. */
function junctionKeys(table: Table, keys: readonly ForeignKey[]): readonly [ForeignKey, ForeignKey] | undefined {
  const own = keys.filter((key) => key.table === table.id);
  const [first, second] = own;
  if (own.length !== 2 || first === undefined || second === undefined) return undefined;
  const linking = new Set([...first.columns, ...second.columns]);
  const isWholeKey = (key: readonly string[]): boolean =>
    key.length === linking.size && key.every((name) => linking.has(name));
  const isKey = isWholeKey(table.primaryKey) || table.uniqueKeys.some(isWholeKey);
  // Beyond the link there may be a key of its own and what the database fills in; more makes it a table in its own right.
  const rest = table.columns.filter(
    ({ name, hasDefault }) => !linking.has(name) && !table.primaryKey.includes(name) && !hasDefault,
  );
  return isKey && rest.length <= 1 ? [first, second] : undefined;
}

function addThrough(
  naming: ReadonlyMap<string, Naming>,
  byId: ReadonlyMap<string, Table>,
  junction: Table,
  here: ForeignKey,
  there: ForeignKey,
): void {
  const other = byId.get(there.target);
  if (other === undefined) return;
  const name = lowerFirst(plural(other.name));
  const role = stem(there.columns.at(-1) ?? '') ?? there.columns.join('_');
  const names =
    here.target === there.target ? [plural(role), `${name}_by_${role}`] : [name, `${name}_through_${junction.name}`];
  naming.get(here.target)?.add(names, {
    kind: 'many',
    table: there.target,
    columns: here.targetColumns,
    foreignColumns: there.targetColumns,
    through: { table: junction.id, columns: here.columns, foreignColumns: there.columns },
  });
}

/** The plural of an English table name; one that is plural already stays. */
export function plural(name: string): string {
  if (/[^s]s$/i.test(name) && !/(?:us|is)$/i.test(name)) return name;
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return `${name}es`;
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return `${name}s`;
}

/** The singular of an English table name. */
export function singular(name: string): string {
  if (/ies$/i.test(name) && name.length > 4) return `${name.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes|uses)$/i.test(name)) return name.slice(0, -2);
  if (/[^su]s$/i.test(name) && !/is$/i.test(name)) return name.slice(0, -1);
  return name;
}
