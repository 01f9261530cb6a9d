import type { Json } from '@fettle/base';
import type { RelationDescription, Row, TableDescription } from '@fettle/sdk';

/** A row as it is kept: changed in place. */
export type StoredRow = Record<string, Json>;

/** Rows of tables in memory, linked as their descriptions say. */
export class MemoryStore {
  readonly #tables: ReadonlyMap<string, TableDescription>;
  readonly #rows: Map<string, StoredRow[]>;

  constructor(tables: readonly TableDescription[], rows: Readonly<Record<string, readonly Row[]>>) {
    this.#tables = new Map(tables.map((table) => [table.id, table]));
    this.#rows = new Map(tables.map(({ id }) => [id, (rows[id] ?? []).map((row) => ({ ...row }))]));
  }

  describe(table: string): TableDescription | undefined {
    return this.#tables.get(table);
  }

  get tables(): Iterable<TableDescription> {
    return this.#tables.values();
  }

  rowsOf(table: string): StoredRow[] {
    return this.#rows.get(table) ?? [];
  }

  /** The rows that a relation leads to. */
  related(row: Row, relation: RelationDescription): readonly StoredRow[] {
    const { columns, foreignColumns, through } = relation;
    const candidates = this.rowsOf(relation.table);
    if (through === undefined) return candidates.filter((other) => isLinked(row, columns, { other, foreignColumns }));
    const links = this.rowsOf(through.table).filter((link) =>
      isLinked(row, columns, { other: link, foreignColumns: through.columns }),
    );
    return candidates.filter((other) =>
      links.some((link) => isLinked(other, foreignColumns, { other: link, foreignColumns: through.foreignColumns })),
    );
  }

  /** The row with what it is linked to behind the names of its relations, looked up when somebody asks. */
  linked(table: string, row: StoredRow): Row {
    const view: StoredRow = { ...row };
    for (const relation of this.describe(table)?.relations ?? []) {
      Object.defineProperty(view, relation.name, {
        get: (): Json => {
          const found = this.related(row, relation).map((other) => this.linked(relation.table, other));
          return relation.kind === 'one' ? (found[0] ?? null) : found;
        },
      });
    }
    return view;
  }
}

function isLinked(
  row: Row,
  columns: readonly string[],
  { other, foreignColumns }: { readonly other: Row; readonly foreignColumns: readonly string[] },
): boolean {
  return columns.every((column, index) => {
    const value = row[column] ?? null;
    return value !== null && value === (other[foreignColumns[index] ?? ''] ?? null);
  });
}
