import type { ColumnDescription, RelationDescription, SchemaDescription, TableDescription } from '@fettle/sdk';
import { columnLabel, titleOf } from './words.ts';

/** A column as a list or a form shows it: plain, or the label of the row it links to. */
export interface ShownColumn {
  readonly column: ColumnDescription;
  /** The to-one relation behind a foreign key of one column. */
  readonly relation: RelationDescription | undefined;
  /** What is read: `title`, or `album.title`. */
  readonly path: string;
  readonly label: string;
}

const maxListColumns = 7;
const neverInLists: ReadonlySet<string> = new Set(['binary', 'longText', 'json', 'array', 'unknown']);

/** The tables of a structure by id. */
export function tableIn(schema: SchemaDescription, id: string): TableDescription | undefined {
  return schema.tables.find((table) => table.id === id);
}

/** The column that stands for a row: the described one, else a text column with a telling name, else the key. */
export function labelColumnOf(table: TableDescription): string | undefined {
  const texts = table.columns.filter((column) => column.type === 'text' || column.type === 'longText');
  const telling =
    texts.find((column) => /(^|_)(name|title|subject|label)$/i.test(column.name)) ??
    texts.find((column) => /name|title/i.test(column.name));
  return table.labelColumn ?? telling?.name ?? texts[0]?.name ?? table.primaryKey[0] ?? table.columns[0]?.name;
}

/** How a column is shown. */
export function showColumn(schema: SchemaDescription, table: TableDescription, column: ColumnDescription): ShownColumn {
  const relation = table.relations.find(
    (candidate) => candidate.kind === 'one' && candidate.columns.length === 1 && candidate.columns[0] === column.name,
  );
  const target = relation === undefined ? undefined : tableIn(schema, relation.table);
  const label = target === undefined ? undefined : labelColumnOf(target);
  if (relation === undefined || label === undefined)
    return { column, relation: undefined, path: column.name, label: columnLabel(column.name) };
  return { column, relation, path: `${relation.name}.${label}`, label: columnLabel(column.name) };
}

/** The few columns a list shows: what names the row first, then facts, then dates; no keys that mean nothing. */
export function listColumns(
  schema: SchemaDescription,
  table: TableDescription,
  hidden: readonly string[] = [],
): readonly ShownColumn[] {
  const label = labelColumnOf(table);
  const candidates = table.columns.filter(
    (column) => !hidden.includes(column.name) && !neverInLists.has(column.type) && !isBareKey(table, column),
  );
  const labelled = table.columns.filter((column) => column.name === label && !hidden.includes(column.name));
  const rest = candidates.filter((column) => column.name !== label);
  const late = rest.filter(isLate);
  const chosen = [...labelled, ...rest.filter((column) => !isLate(column)), ...late].slice(0, maxListColumns);
  const columns = chosen.length > 0 ? chosen : table.columns.slice(0, maxListColumns);
  return columns.map((column) => showColumn(schema, table, column));
}

/** Every column worth reading on a detail screen. */
export function detailColumns(schema: SchemaDescription, table: TableDescription): readonly ShownColumn[] {
  const columns = table.columns.filter((column) => column.type !== 'binary' && !isBareKey(table, column));
  return (columns.length > 0 ? columns : table.columns).map((column) => showColumn(schema, table, column));
}

/** Columns a person fills in. */
export function formColumns(
  schema: SchemaDescription,
  table: TableDescription,
  mode: 'create' | 'update',
): readonly ShownColumn[] {
  return table.columns
    .filter(
      (column) =>
        !column.generated && column.type !== 'binary' && column.type !== 'unknown' && !isFilledByItself(column),
    )
    .filter((column) => !isBareKey(table, column) && !(mode === 'update' && table.primaryKey.includes(column.name)))
    .map((column) => showColumn(schema, table, column));
}

/** A key the database makes: it tells people nothing. */
function isBareKey(table: TableDescription, column: ColumnDescription): boolean {
  const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
  const isLink = table.relations.some((relation) => relation.kind === 'one' && relation.columns.includes(column.name));
  return (
    isKey &&
    !isLink &&
    (column.type === 'integer' || column.type === 'uuid') &&
    (column.hasDefault || table.kind === 'table')
  );
}

function isFilledByItself(column: ColumnDescription): boolean {
  return (
    column.meaning !== undefined &&
    ['autoNumber', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(column.meaning)
  );
}

function isLate(column: ColumnDescription): boolean {
  return /^(created|updated|modified|changed|deleted)(_|[A-Z]|$)/.test(column.name);
}

/** What a to-many relation's list is called: the other table, and how it is linked when there is more than one way. */
export function relationTitle(
  table: TableDescription,
  relation: RelationDescription,
  target: TableDescription,
): string {
  const others = table.relations.filter(
    (other) => other !== relation && other.kind === 'many' && other.table === relation.table,
  );
  const title = titleOf(target.name);
  if (others.length === 0) return title;
  const ways = others.map((other) => wayOf(other));
  const own = wayOf(relation);
  const way = own.find((part, index) => part !== '' && ways.every((other) => other[index] !== part));
  return `${title} (${way ?? own.filter((part) => part !== '').join(', ')})`;
}

/** How a to-many relation is linked: by which junction (empty: directly), by which column. */
function wayOf({ through, foreignColumns }: RelationDescription): readonly string[] {
  const [column = ''] = through?.columns ?? foreignColumns;
  return [through === undefined ? '' : titleOf(through.table).toLowerCase(), columnLabel(column).toLowerCase()];
}
