import { inputError, type AppError } from '@fettle/base';
import type { ColumnDescription, RelationDescription, SchemaDescription, TableDescription } from '@fettle/sdk';

/** A table with its columns and relations by name. */
export interface IndexedTable {
  readonly description: TableDescription;
  readonly columns: ReadonlyMap<string, ColumnDescription>;
  readonly relations: ReadonlyMap<string, RelationDescription>;
}

const indexes = new WeakMap<SchemaDescription, ReadonlyMap<string, IndexedTable>>();

/** The tables of a schema by id. Built once per description. */
export function indexSchema(schema: SchemaDescription): ReadonlyMap<string, IndexedTable> {
  const known = indexes.get(schema);
  if (known !== undefined) return known;
  const index = new Map(
    schema.tables.map((description) => [
      description.id,
      {
        description,
        columns: new Map(description.columns.map((column) => [column.name, column])),
        relations: new Map(description.relations.map((relation) => [relation.name, relation])),
      },
    ]),
  );
  indexes.set(schema, index);
  return index;
}

/** The table with this id, or an error that names near ones. */
export function tableOf(schema: SchemaDescription, id: string): IndexedTable {
  const index = indexSchema(schema);
  const table = index.get(id);
  if (table !== undefined) return table;
  throw unknownName('table', id, [...index.keys()], 'The data source has');
}

/** The column with this name, or an error that names near ones. */
export function columnOf(table: IndexedTable, name: string, path: string): ColumnDescription {
  const column = table.columns.get(name);
  if (column !== undefined) return column;
  throw unknownName('column', name, [...table.columns.keys()], `Table "${table.description.id}" has`, path);
}

/** The relation with this name, or an error that names near ones. */
export function relationOf(table: IndexedTable, name: string, path: string): RelationDescription {
  const relation = table.relations.get(name);
  if (relation !== undefined) return relation;
  throw unknownName('relation', name, [...table.relations.keys()], `Table "${table.description.id}" has`, path);
}

function unknownName(
  what: 'table' | 'column' | 'relation',
  name: string,
  known: readonly string[],
  where: string,
  path?: string,
): AppError {
  const message = `There is no ${what} "${name}".`;
  const near =
    known.length === 0
      ? `no ${what}s`
      : nearest(name, known)
          .map((item) => `"${item}"`)
          .join(', ');
  return inputError({
    code: `data.unknown-${what}`,
    message,
    hint: `${where} ${near}. Refresh the data source if the ${what} is new.`,
    ...(path === undefined ? {} : { problems: [{ path, message, code: `data.unknown-${what}` }] }),
  });
}

/** Up to five of the known names, the most similar first. */
function nearest(name: string, known: readonly string[]): readonly string[] {
  const pairs = (text: string): Set<string> => {
    const plain = text.toLowerCase();
    return new Set([...plain].map((_, index) => plain.slice(index, index + 2)));
  };
  const wanted = pairs(name);
  const score = (candidate: string): number => {
    const have = pairs(candidate);
    return [...wanted].filter((pair) => have.has(pair)).length / (wanted.size + have.size);
  };
  return [...known].sort((a, b) => score(b) - score(a)).slice(0, 5);
}
