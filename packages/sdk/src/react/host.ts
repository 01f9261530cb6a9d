import { createContext, useContext, type ReactNode } from 'react';
import { bug, type Json } from '@fettle/base';
import type { DataSetting } from '@fettle/definition';
import type { AggregateRequest, AggregateResult, ListRequest, ListResult, QueryResult } from '../data/requests.ts';
import type { Row, RowKey, TableDescription } from '../data/table.ts';

/** Where a table is: a data setting of kind `table`, or the pair alone. */
export interface TablePlace {
  readonly dataSource: string;
  readonly table: string;
}

/** Data as the signed-in person may use it. All calls reject with an `AppError`. */
export interface DataHost {
  /** Undefined when the person may not see the table or it no longer exists. Known without a request. */
  describe(place: TablePlace): TableDescription | undefined;
  list(place: TablePlace, request: Omit<ListRequest, 'table'>, signal?: AbortSignal): Promise<ListResult>;
  read(
    place: TablePlace,
    key: RowKey,
    options?: Pick<ListRequest, 'columns' | 'expand'>,
    signal?: AbortSignal,
  ): Promise<Row | undefined>;
  create(place: TablePlace, rows: readonly Row[]): Promise<readonly Row[]>;
  /** `expected` holds what was last seen of the changed columns; a difference rejects with kind `conflict`. */
  update(
    place: TablePlace,
    changes: readonly { readonly key: RowKey; readonly values: Row; readonly expected?: Row }[],
  ): Promise<readonly Row[]>;
  delete(place: TablePlace, keys: readonly RowKey[]): Promise<void>;
  aggregate(
    place: TablePlace,
    request: Omit<AggregateRequest, 'table'>,
    signal?: AbortSignal,
  ): Promise<AggregateResult>;
  runQuery(query: string, parameters: Readonly<Record<string, Json>>, signal?: AbortSignal): Promise<QueryResult>;
  /**
   * Starts a flow of the app with its typed inputs. With `waitMs` (60,000 at most) it resolves when the run ends or the
   * time is over, else at once.
   */
  startFlow(
    flow: string,
    input: Readonly<Record<string, Json>>,
    options?: { readonly waitMs?: number },
  ): Promise<StartedFlow>;
  /** Stores a file for an attachment column. `onProgress` is told 0 to 1. */
  upload(file: File, onProgress?: (part: number) => void): Promise<StoredFile>;
  fileUrl(file: StoredFile): string;
  /** Address of a CSV of all rows that match, streamed by the server. */
  exportUrl(place: TablePlace, request: Pick<ListRequest, 'columns' | 'filter' | 'sort' | 'search'>): string;
  /** Calls back after rows of the place (or results of the query) changed through this page. Answers how to stop. */
  onChange(what: TablePlace | { readonly query: string }, listener: () => void): () => void;
}

/** A run of a flow, as whoever started it sees it. */
export interface StartedFlow {
  /** Id of the run. */
  readonly id: string;
  /** The last three are final. */
  readonly state: 'queued' | 'held' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
  /** What the flow returned. */
  readonly output?: Json;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** A file of an attachment column. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** Rows as `useRows` gives them. */
export interface RowsState {
  readonly rows: readonly Row[];
  /** Undefined for queries and plain rows. */
  readonly table?: TableDescription;
  readonly total?: number;
  readonly isEstimate?: boolean;
  /** There are rows after these. */
  readonly hasMore: boolean;
  /** Nothing has arrived yet. */
  readonly isLoading: boolean;
  /** Something is on its way, rows may be shown meanwhile. */
  readonly isFetching: boolean;
  readonly error?: Error;
  refresh(): void;
  /** Appends the next page (keyset). */
  loadMore(): void;
}

/** What `useRows` is asked for, on top of the data setting's own filter and sort. */
export interface RowsOptions {
  readonly columns?: readonly string[];
  readonly expand?: ListRequest['expand'];
  readonly filter?: ListRequest['filter'];
  readonly search?: ListRequest['search'];
  /** Replaces the setting's sort when given. */
  readonly sort?: ListRequest['sort'];
  readonly pageSize?: number;
  /** Page number from 0 (offset paging). Leave out for `loadMore`. */
  readonly page?: number;
  readonly total?: ListRequest['total'];
  /** Ask for nothing yet. */
  readonly isPaused?: boolean;
}

/** The value of a setting with `deferred` hints: call it with the names, e.g. `value({ row })`. */
export type Deferred<T = unknown> = (scope: Readonly<Record<string, unknown>>) => T;

/** What the runtime gives to one component instance. */
export interface ComponentHost {
  readonly id: string;
  readonly name: string;
  /** `design`: on the canvas. Components show placeholders for missing settings and do not act on clicks. */
  readonly mode: 'run' | 'design';
  readonly locale: string;
  readonly timeZone: string;
  /** True when the page is known to be phone-wide before anything in it is measured. */
  readonly isNarrow: boolean;
  readonly data: DataHost;
  /** True when event actions are attached. */
  hasEvent(name: string): boolean;
  /** Runs the actions of an event one after the other. Resolves when done; false when an action failed. */
  emit(name: string, payload?: Readonly<Record<string, unknown>>): Promise<boolean>;
  /** Publishes `components.<name>.<key>` values. Call in effects; equal values change nothing. */
  expose(values: Readonly<Record<string, unknown>>): void;
  /** Offers a method of the manifest. Answers how to withdraw it. */
  offer(method: string, run: (input?: Readonly<Record<string, unknown>>) => unknown): () => void;
  /** Renders a slot's children; `scope` adds names for their expressions, `key` tells repeated renderings apart. */
  slot(
    name: string,
    options?: { readonly scope?: Readonly<Record<string, unknown>>; readonly key?: string },
  ): ReactNode;
  /** Number of children in a slot. */
  slotSize(name: string): number;
  navigate(
    target:
      | { readonly screen: string; readonly params?: Readonly<Record<string, unknown>> }
      | { readonly url: string; readonly newTab?: boolean },
  ): void;
  /**
   * The full address of a screen, to be written down or encoded: people who follow it arrive there. Undefined where there
   * is none: no such screen for the person, or a draft.
   */
  addressOf(target: {
    readonly screen: string;
    readonly params?: Readonly<Record<string, unknown>>;
  }): string | undefined;
  notify(message: { readonly text: string; readonly kind: 'info' | 'success' | 'warning' | 'error' }): void;
  /** Asks before something is lost. */
  confirm(question: {
    readonly title: string;
    readonly message?: string;
    readonly button?: string;
    readonly danger?: boolean;
  }): Promise<boolean>;
  /**
   * What flows of the app ask the person, as it is shown and answered everywhere in Fettle: what waits, or what is done.
   * Nothing in drafts, and for visitors: it asks nobody there.
   */
  approvals(options: { readonly state: 'open' | 'past' }): ReactNode;
  /** Rows for a data setting: pages, refreshes, and follows changes made through this page. A React hook. */
  useRows(data: DataSetting | undefined, options?: RowsOptions): RowsState;
}

const HostContext = createContext<ComponentHost | undefined>(undefined);

/** Used by the runtime around each component. */
export const ComponentHostProvider = HostContext.Provider;

/** The host of the component being rendered. */
export function useHost(): ComponentHost {
  const host = useContext(HostContext);
  if (host === undefined) throw bug('useHost was called outside a component that the runtime renders.');
  return host;
}
