import type { Json } from '@fettle/base';
import type { Expand, ExpandRequest, RelationDescription, Row } from '@fettle/sdk';
import { inputError } from '@fettle/base';
import type { Fragment } from './fragment.ts';
import { columnOf, relationOf } from './schema-index.ts';
import type { Scope } from './scope.ts';

interface Output {
  readonly name: string;
  readonly position: number;
  readonly decode: ((value: unknown) => Json) | undefined;
}

/** A to-many relation to fetch with one further statement for all rows at once. */
export interface ManyRelation {
  readonly relation: RelationDescription;
  readonly request: ExpandRequest;
  /** Where the rows' own linking values stand. */
  readonly outputs: readonly Output[];
}

/** How the values of one table within a result become rows. */
export interface RowReader {
  readonly table: string;
  readonly outputs: readonly Output[];
  readonly ones: readonly {
    readonly name: string;
    /** Null there means that there is no related row. */
    readonly presence: number;
    readonly reader: RowReader;
  }[];
  readonly manys: readonly ManyRelation[];
}

/** Deepest nesting of related rows. */
const maxDepth = 4;

/** The select list of a statement; each column is taken once. */
export class SelectList {
  readonly items: Fragment[] = [];
  readonly #positions = new Map<string, number>();

  /** The place of a column's value in the result. */
  place(scope: Scope, columnName: string): Output {
    const column = columnOf(scope.table, columnName, '/columns');
    const { expression, decode } = scope.compiler.dialect.read(column);
    const reference = scope.reference(columnName);
    const item = expression === undefined ? reference : expression(reference);
    return { name: columnName, position: this.placeItem(item), decode };
  }

  /** The place of an expression's value in the result. */
  placeItem(item: Fragment): number {
    const known = this.#positions.get(item.text);
    if (known !== undefined) return known;
    const position = this.items.push(item) - 1;
    this.#positions.set(item.text, position);
    return position;
  }
}

/** Plans what to select for rows of a scope's table with their related rows. */
export function planRows(
  scope: Scope,
  list: SelectList,
  request: { readonly columns?: readonly string[]; readonly expand?: Expand },
  depth = 1,
): RowReader {
  const { description } = scope.table;
  const names = chosenColumns(scope, request.columns);
  const outputs = names.map((name) => list.place(scope, name));
  const ones: RowReader['ones'][number][] = [];
  const manys: ManyRelation[] = [];
  for (const [name, inner] of Object.entries(request.expand ?? {})) {
    if (depth > maxDepth) throw tooDeep(name);
    const relation = relationOf(scope.table, name, `/expand/${name}`);
    if (relation.kind === 'many') {
      manys.push({ relation, request: inner, outputs: relation.columns.map((column) => list.place(scope, column)) });
      continue;
    }
    const other = scope.join(relation);
    const presence = list.place(other, relation.foreignColumns[0] ?? '').position;
    ones.push({ name, presence, reader: planRows(other, list, inner, depth + 1) });
  }
  return { table: description.id, outputs, ones, manys };
}

function chosenColumns(scope: Scope, columns: readonly string[] | undefined): readonly string[] {
  const { description } = scope.table;
  if (columns === undefined) return description.columns.map((column) => column.name);
  for (const [index, name] of columns.entries()) columnOf(scope.table, name, `/columns/${index}`);
  return [...new Set([...description.primaryKey, ...columns])];
}

function tooDeep(name: string) {
  return inputError({
    code: 'data.expand-too-deep',
    message: `Related rows can be nested ${maxDepth} levels deep; "${name}" is deeper.`,
    hint: 'Read the deeper rows with a list of their own.',
  });
}

/** A value of a result in wire form. */
export function readOutput(output: Output, values: readonly unknown[]): Json {
  const value = values[output.position];
  if (value === null || value === undefined) return null;
  return output.decode === undefined ? (value as Json) : output.decode(value);
}

/** A mutable row, while its related rows are still being added. */
export type RowInMaking = Record<string, Json>;

/** Makes the row of a reader from the values of a result. */
export function readRow(reader: RowReader, values: readonly unknown[]): RowInMaking {
  const row: RowInMaking = {};
  const { outputs, ones } = reader;
  for (let index = 0; index < outputs.length; index += 1) {
    const { name, position, decode } = outputs[index] as Output;
    const value = values[position];
    row[name] = decode === undefined || value === null ? (value as Json) : decode(value);
  }
  for (let index = 0; index < ones.length; index += 1) {
    const one = ones[index] as RowReader['ones'][number];
    row[one.name] = values[one.presence] === null ? null : readRow(one.reader, values);
  }
  return row;
}

/** Every reader with to-many relations within a reader, with a way to find its row in the outer row. */
export function readersWithMany(
  reader: RowReader,
  find: (row: Row) => Row | null = (row) => row,
): readonly { readonly reader: RowReader; readonly find: (row: Row) => Row | null }[] {
  const own = reader.manys.length === 0 ? [] : [{ reader, find }];
  const inner = reader.ones.flatMap((one) =>
    readersWithMany(one.reader, (row) => (find(row)?.[one.name] ?? null) as Row | null),
  );
  return [...own, ...inner];
}
