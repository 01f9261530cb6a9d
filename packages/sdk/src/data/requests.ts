import type { Json } from '@fettle/base';
import type { Filter, Sort } from '@fettle/access';
import type { LibraryDefinitions } from '@fettle/expression';
import type { ColumnType, Row, RowKey } from './table.ts';

/** Related rows to bring along: relation name → what to take of it. */
export type Expand = Readonly<Record<string, ExpandRequest>>;

/** What to take of a related row. To-many relations are cut at `limit` (default 100, at most 500) rows each. */
export interface ExpandRequest {
  readonly columns?: readonly string[];
  readonly expand?: Expand;
  readonly limit?: number;
}

/** A page of rows. Give `cursor` (keyset, from a previous answer) or `offset`, not both. */
export interface ListRequest {
  readonly table: string;
  /** Columns to read; all when absent. The primary key always comes along. */
  readonly columns?: readonly string[];
  readonly expand?: Expand;
  readonly filter?: Filter;
  /** Rows whose text columns (or the ones named) contain this text, ignoring case. */
  readonly search?: { readonly text: string; readonly columns?: readonly string[] };
  /** The primary key is appended so that the order is total. */
  readonly sort?: readonly Sort[];
  /** Columns that may complete the order, and so stand in a cursor; all when absent. */
  readonly orderable?: readonly string[];
  /** 1 to 1000. */
  readonly limit: number;
  readonly cursor?: string;
  /** Ask for {@link ListResult.rowCursors}. */
  readonly rowCursors?: boolean;
  readonly offset?: number;
  readonly total?: 'none' | 'exact' | 'estimated';
}

/** The answer to a {@link ListRequest}. */
export interface ListResult {
  readonly rows: readonly Row[];
  /** Give it back as `cursor` for the rows after the last one; absent at the end. */
  readonly next?: string;
  /** Where it was asked for and each row has a place in the order: for each row the cursor for the rows after it. */
  readonly rowCursors?: readonly string[];
  readonly total?: number;
  /** True when `total` is the database's estimate. */
  readonly isEstimate?: boolean;
}

/** One row by its key. */
export interface ReadRequest {
  readonly table: string;
  readonly key: RowKey;
  readonly columns?: readonly string[];
  readonly expand?: Expand;
}

/** New rows, in one transaction. */
export interface CreateRequest {
  readonly table: string;
  readonly rows: readonly Row[];
}

/** A change of one row. */
export interface RowChange {
  readonly key: RowKey;
  readonly values: Row;
  /** What the caller last saw of (at least) the columns it changes. A difference is a conflict. */
  readonly expected?: Row;
}

/** Changes, in one transaction: all or none. */
export interface UpdateRequest {
  readonly table: string;
  readonly changes: readonly RowChange[];
}

/** Deletions, in one transaction: all or none. */
export interface DeleteRequest {
  readonly table: string;
  readonly keys: readonly RowKey[];
}

/** A function over the rows of a group. */
export interface Measure {
  readonly name: string;
  readonly function: 'count' | 'countDistinct' | 'sum' | 'average' | 'minimum' | 'maximum';
  /** Needed by all but `count`. */
  readonly column?: string;
}

/** Groups and measures. `bucket` cuts a date or timestamp column (timestamps in UTC). */
export interface AggregateRequest {
  readonly table: string;
  readonly filter?: Filter;
  readonly groupBy: readonly {
    readonly column: string;
    readonly bucket?: 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour';
  }[];
  readonly measures: readonly Measure[];
  /** Sort by a group column or a measure name. */
  readonly sort?: readonly Sort[];
  /** 1 to 1000. */
  readonly limit: number;
}

/** One row per group: the group columns by name, the measures by name. */
export interface AggregateResult {
  readonly rows: readonly Row[];
  readonly truncated: boolean;
}

/** A column of a query's result. */
export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** One run of a custom query. */
export interface QueryRequest {
  /** A query kind that the connector declares, e.g. `sql` or `http`. */
  readonly kind: string;
  /** The query's own settings. Texts may hold `{{ }}`; the connector turns them into bound parameters. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Parameter values, already checked against the query's parameter types. */
  readonly parameters: Readonly<Record<string, Json>>;
  /** Further names that expressions in the settings may use (e.g. `user`). Data only. */
  readonly scope: Readonly<Record<string, unknown>>;
  /** Functions that expressions may call besides the standard ones: given to `loadLibrary`. The same object as long as nothing changed. */
  readonly functions?: LibraryDefinitions | undefined;
  /** `read` runs in a read-only transaction where the system has one. */
  readonly mode: 'read' | 'write';
  readonly timeoutMs: number;
  readonly maxRows: number;
}

/** What a custom query gave. `data` is the rows of SQL, or the body of an HTTP reply. */
export interface QueryResult {
  readonly data: Json;
  readonly columns?: readonly ResultColumn[];
  readonly affectedRows?: number;
  /** True when `maxRows` or the size cap cut the result. */
  readonly truncated: boolean;
  readonly durationMs: number;
}
