import type { DataSetting, TableData } from '@fettle/definition';
import type { ListRequest, ListResult, Row, TableDescription } from '@fettle/sdk';
import type { DataHost, RowsOptions, RowsState } from '@fettle/sdk/react';
import { effect, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FirstAnswers } from '../first-screen/first-answers.ts';
import { isAbort, toAppError, type QueryParameters, type QueryState, type QueryStore } from '../state/query-store.ts';
import { joinFilters, resolveFilter } from './filters.ts';
import { arrangeRows, toRows } from './local-rows.ts';

/** The rows of one data setting in one component: fetched, paged, kept fresh. */
export interface RowsController {
  readonly state: ReadonlySignal<RowsState>;
  /** Shows what is known of a first wish, while rendering: follows nothing and asks for nothing. */
  begin(setting: DataSetting | undefined, options: RowsOptions): void;
  /** Says what is wanted now. Equal wishes do nothing. */
  want(setting: DataSetting | undefined, options: RowsOptions): void;
  /** Resolves when fresh rows are there. */
  refresh(): Promise<void>;
  /** Cancels and forgets. Wanting something again brings it back to life. */
  dispose(): void;
}

const defaultPageSize = 50;
const largestPage = 1000;

/** What is fetched for a table. `isPaged` fetches replace the rows, the others append. */
interface TablePlan {
  readonly setting: TableData;
  readonly request: Omit<ListRequest, 'table'>;
  readonly isPaged: boolean;
  readonly cap: number;
}

/** Makes a controller. Nothing is fetched before {@link RowsController.want}. */
export function createRowsController(context: {
  readonly data: DataHost;
  readonly queries: QueryStore;
  readonly firstAnswers?: FirstAnswers | undefined;
}): RowsController {
  return new Controller(context.data, context.queries, context.firstAnswers);
}

class Controller implements RowsController {
  readonly state = signal<RowsState>(this.#describe({ rows: [], hasMore: false, isLoading: false, isFetching: false }));
  readonly #data: DataHost;
  readonly #queries: QueryStore;
  readonly #firstAnswers: FirstAnswers | undefined;
  #key = '';
  /** The wish whose rows were there from the beginning. */
  #begunKey: string | undefined;
  #ticket = 0;
  #abort: AbortController | undefined;
  #cursor: string | undefined;
  #refetch: () => Promise<void> = () => Promise.resolve();
  #more: () => void = () => undefined;
  #stops: (() => void)[] = [];
  #isDisposed = false;
  #isRefreshScheduled = false;

  constructor(data: DataHost, queries: QueryStore, firstAnswers: FirstAnswers | undefined) {
    this.#data = data;
    this.#queries = queries;
    this.#firstAnswers = firstAnswers;
  }

  begin(setting: DataSetting | undefined, options: RowsOptions): void {
    if (setting === undefined || options.isPaused === true) return;
    if (setting.kind === 'rows') return this.#showPlain(setting.rows, options);
    if (setting.kind === 'query') return this.#beginQuery(setting, options);
    const table = this.#data.describe(setting);
    const plan = planTable(setting, options);
    if (plan === undefined) return this.#wait(table);
    this.#patch({ ...(table === undefined ? {} : { table }), isLoading: true, isFetching: true });
    const first = this.#firstAnswers?.list(setting, plan.request);
    if (first === undefined) return;
    this.#begunKey = JSON.stringify([setting, options]);
    this.#cursor = first.next;
    this.#show(first.rows, first, plan);
  }

  #beginQuery(setting: Extract<DataSetting, { kind: 'query' }>, options: RowsOptions): void {
    const parameters = (setting.parameters ?? {}) as QueryParameters;
    if (Object.values(parameters).includes(undefined as never)) return this.#wait();
    const first = this.#firstAnswers?.query(setting.query, parameters);
    if (first === undefined) return;
    const rows = arrangeRows(toRows(first.data, setting.path), options);
    this.#patch({ rows, total: rows.length });
  }

  want(setting: DataSetting | undefined, options: RowsOptions): void {
    this.#isDisposed = false;
    if (setting?.kind === 'rows') return this.#showPlain(setting.rows, options);
    const key = JSON.stringify([setting, options]);
    if (key === this.#key) return;
    this.#key = key;
    this.#letGo();
    if (setting === undefined || options.isPaused === true) {
      this.#patch({
        isLoading: false,
        isFetching: false,
        ...(setting === undefined ? { rows: [], hasMore: false } : {}),
      });
      return;
    }
    if (setting.kind === 'table') this.#followTable(setting, options);
    else this.#followQuery(setting.query, (setting.parameters ?? {}) as QueryParameters, setting.path, options);
  }

  refresh(): Promise<void> {
    return this.#refetch();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#key = '';
    this.#letGo();
  }

  #letGo(): void {
    this.#ticket += 1;
    this.#abort?.abort();
    for (const stop of this.#stops.splice(0)) stop();
    this.#refetch = () => Promise.resolve();
    this.#more = () => undefined;
  }

  #showPlain(value: unknown, options: RowsOptions): void {
    const isOther = this.#key !== 'rows';
    if (isOther) this.#letGo();
    this.#key = 'rows';
    const key = JSON.stringify(options);
    if (!isOther && value === this.#plain && key === this.#plainKey) return;
    this.#plain = value;
    this.#plainKey = key;
    const rows = arrangeRows(toRows(value), options);
    this.#patch({ rows, total: rows.length, hasMore: false, isLoading: false, isFetching: false }, [
      'error',
      'table',
      'isEstimate',
    ]);
  }
  #plain: unknown;
  #plainKey = '';

  #followQuery(id: string, parameters: QueryParameters, path: string | undefined, options: RowsOptions): void {
    // A parameter that is not known yet leaves nothing to ask.
    if (Object.values(parameters).includes(undefined as never)) return this.#wait();
    const { state, release } = this.#queries.use(id, parameters);
    const show = ({ data, error, isLoading, hasRun }: QueryState): void => {
      const rows = arrangeRows(toRows(data, path), options);
      const isFirst = isLoading && !hasRun && data === undefined;
      this.#patch(
        {
          rows,
          total: rows.length,
          hasMore: false,
          isLoading: isFirst,
          isFetching: isLoading,
          ...(error === undefined ? {} : { error }),
        },
        ['table', 'isEstimate', 'error'],
      );
    };
    this.#stops.push(
      effect(() => show(state.value)),
      release,
    );
    this.#refetch = () => this.#queries.refresh(id);
    this.#stops.push(this.#data.onChange({ query: id }, () => this.#scheduleRefresh()));
  }

  #followTable(setting: TableData, options: RowsOptions): void {
    const table = this.#data.describe(setting);
    const plan = planTable(setting, options);
    if (plan === undefined) return this.#wait(table);
    const { isPaged } = plan;
    const isBegun = this.#begunKey === this.#key;
    this.#begunKey = undefined;
    if (!isBegun) {
      const nothingYet = this.state.peek().table?.id !== table?.id || this.state.peek().rows.length === 0;
      this.#patch({
        ...(table === undefined ? {} : { table }),
        isFetching: true,
        isLoading: nothingYet,
        ...(nothingYet ? { rows: [] } : {}),
      });
    }
    this.#refetch = () => this.#fetch(plan, 'again');
    this.#more = () => {
      const { hasMore, isFetching } = this.state.peek();
      if (hasMore && !isFetching && !isPaged) void this.#fetch(plan, 'next');
    };
    for (const id of [setting.table, ...relatedTables(table, Object.keys(options.expand ?? {}))]) {
      this.#stops.push(
        this.#data.onChange({ dataSource: setting.dataSource, table: id }, () => this.#scheduleRefresh()),
      );
    }
    if (isBegun) return;
    // Wishes often come in twos and threes within one rendering: only the last one is sent.
    const { ticket } = this.#next();
    queueMicrotask(() => {
      if (this.#ticket === ticket && !this.#isDisposed) void this.#fetch(plan, 'first');
    });
  }

  #next(): { readonly ticket: number; readonly signal: AbortSignal } {
    this.#abort?.abort();
    this.#abort = new AbortController();
    this.#ticket += 1;
    return { ticket: this.#ticket, signal: this.#abort.signal };
  }

  async #fetch(plan: TablePlan, which: 'first' | 'again' | 'next'): Promise<void> {
    const { ticket, signal: aborted } = this.#next();
    const before = this.state.peek();
    this.#patch({ isFetching: true });
    const known =
      which === 'again' && !plan.isPaged
        ? Math.min(Math.max(before.rows.length, plan.request.limit), largestPage)
        : plan.request.limit;
    const request = {
      ...plan.request,
      limit: known,
      ...(which === 'next' && this.#cursor !== undefined ? { cursor: this.#cursor } : {}),
    };
    try {
      const result = await this.#data.list(plan.setting, request, aborted);
      if (ticket !== this.#ticket) return;
      this.#cursor = result.next;
      this.#show(which === 'next' ? [...before.rows, ...result.rows] : result.rows, result, plan);
    } catch (error) {
      if (ticket !== this.#ticket || isAbort(error)) return;
      this.#patch({ isLoading: false, isFetching: false, error: toAppError(error) });
    }
  }

  #show(rows: readonly Row[], result: ListResult, plan: TablePlan): void {
    const { total, isEstimate } = result;
    this.#patch(
      {
        rows: rows.length > plan.cap ? rows.slice(0, plan.cap) : rows,
        hasMore: result.next !== undefined && rows.length < plan.cap,
        isLoading: false,
        isFetching: false,
        ...(total === undefined ? {} : { total }),
        ...(isEstimate === undefined ? {} : { isEstimate }),
      },
      ['error', ...(isEstimate === undefined ? (['isEstimate'] as const) : [])],
    );
  }

  #wait(table?: TableDescription): void {
    this.#patch(
      { rows: [], hasMore: false, isLoading: false, isFetching: false, ...(table === undefined ? {} : { table }) },
      ['error', 'total'],
    );
  }

  #scheduleRefresh(): void {
    if (this.#isRefreshScheduled) return;
    this.#isRefreshScheduled = true;
    queueMicrotask(() => {
      this.#isRefreshScheduled = false;
      if (!this.#isDisposed) void this.#refetch();
    });
  }

  #patch(change: Partial<RowsState>, without: readonly (keyof RowsState)[] = []): void {
    const next: Record<string, unknown> = { ...this.state.peek(), ...change };
    for (const key of without) if (!(key in change)) delete next[key];
    this.state.value = next as unknown as RowsState;
  }

  #describe(facts: Pick<RowsState, 'rows' | 'hasMore' | 'isLoading' | 'isFetching'>): RowsState {
    return { ...facts, refresh: () => void this.refresh(), loadMore: () => this.#more() };
  }
}

/** What to fetch; undefined while the filter waits for a value. */
function planTable(setting: TableData, options: RowsOptions): TablePlan | undefined {
  const { filter, isWaiting } = resolveFilter(joinFilters(setting.filter, options.filter));
  if (isWaiting) return undefined;
  const isPaged = options.page !== undefined;
  const cap = isPaged ? Number.POSITIVE_INFINITY : (setting.limit ?? Number.POSITIVE_INFINITY);
  const limit = Math.min(options.pageSize ?? setting.limit ?? defaultPageSize, cap, largestPage);
  const sort = options.sort ?? setting.sort;
  const { columns, expand, search, total, page } = options;
  return {
    setting,
    isPaged,
    cap,
    request: {
      limit,
      ...(columns === undefined ? {} : { columns }),
      ...(expand === undefined ? {} : { expand }),
      ...(filter === undefined ? {} : { filter }),
      ...(search === undefined || search.text.trim() === '' ? {} : { search }),
      ...(sort === undefined || sort.length === 0 ? {} : { sort }),
      ...(total === undefined ? {} : { total }),
      ...(page === undefined || page === 0 ? {} : { offset: page * limit }),
    },
  };
}

function relatedTables(table: TableDescription | undefined, relations: readonly string[]): readonly string[] {
  return (table?.relations ?? [])
    .filter((relation) => relations.includes(relation.name))
    .map((relation) => relation.table);
}
