import { AppError, type Json, notFound } from '@fettle/base';
import type { ClientQuery } from '@fettle/definition';
import type { QueryResult } from '@fettle/sdk';
import type { DataHost } from '@fettle/sdk/react';
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { FirstAnswers } from '../first-screen/first-answers.ts';
import type { Problems } from './problems.ts';

/** One query with one set of parameter values, as far as it is known. */
export interface QueryState {
  readonly data: Json | undefined;
  readonly columns: QueryResult['columns'];
  readonly isLoading: boolean;
  readonly error: AppError | undefined;
  /** Its own result has arrived at least once. */
  readonly hasRun: boolean;
}

/** Parameter values by name. */
export type QueryParameters = Readonly<Record<string, Json>>;

/** The queries of one screen: who runs, what came back. */
export interface QueryStore {
  /** What `queries.<name>` shows: the run that was asked for last. Reading starts queries that load by themselves. */
  latest(id: string): QueryState;
  /** Follows a query with these values, running it unless its result is known. Answers how to let go. */
  use(
    id: string,
    parameters: QueryParameters,
  ): { readonly state: ReadonlySignal<QueryState>; readonly release: () => void };
  /** Runs it now, whatever is known. */
  run(id: string, parameters: QueryParameters): Promise<QueryResult>;
  /** Runs again what has run: one query, or all read queries. Resolves when all are back. */
  refresh(id?: string): Promise<void>;
  /** Lets queries run again after {@link QueryStore.dispose}. */
  open(): void;
  /** Cancels what is under way and forgets all results. */
  dispose(): void;
}

/** What a query store needs. */
export interface QueryStoreOptions {
  readonly data: DataHost;
  readonly find: (id: string) => ClientQuery | undefined;
  readonly problems: Problems;
  readonly firstAnswers?: FirstAnswers | undefined;
}

interface Entry {
  readonly id: string;
  readonly parameters: QueryParameters;
  readonly state: Signal<QueryState>;
  users: number;
  ticket: number;
  controller: AbortController | undefined;
}

const idle: QueryState = { data: undefined, columns: undefined, isLoading: false, error: undefined, hasRun: false };
const keptResults = 20;

/** Makes the query store of a screen. */
export function createQueryStore(options: QueryStoreOptions): QueryStore {
  const entries = new Map<string, Entry>();
  const latest = new Map<string, Signal<Entry | undefined>>();
  let stop = new AbortController();

  const latestOf = (id: string): Signal<Entry | undefined> => {
    let entry = latest.get(id);
    if (entry === undefined) {
      entry = signal<Entry | undefined>(undefined);
      latest.set(id, entry);
    }
    return entry;
  };

  const firstResult = (id: string, parameters: QueryParameters): QueryResult | undefined =>
    options.find(id)?.mode === 'read' ? options.firstAnswers?.query(id, parameters) : undefined;

  const entryFor = (id: string, parameters: QueryParameters): Entry => {
    const key = `${id} ${JSON.stringify(parameters)}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      // A query with other values shows the old data until the new one is there.
      const before = latestOf(id).peek()?.state.peek();
      const first = firstResult(id, parameters);
      const state = signal<QueryState>(
        first === undefined
          ? { ...idle, data: before?.data, columns: before?.columns }
          : { ...idle, data: first.data, columns: first.columns, hasRun: true },
      );
      entry = { id, parameters, state, users: 0, ticket: 0, controller: undefined };
      entries.set(key, entry);
      forgetOldest(entries);
    }
    return entry;
  };

  const start = async (entry: Entry): Promise<QueryResult> => {
    const query = options.find(entry.id);
    if (query === undefined) throw unknownQuery(entry.id);
    entry.ticket += 1;
    const { ticket } = entry;
    entry.controller?.abort();
    entry.controller = new AbortController();
    const visit = stop.signal;
    const signals = AbortSignal.any([entry.controller.signal, visit]);
    latestOf(entry.id).value = entry;
    entry.state.value = { ...entry.state.peek(), isLoading: true };
    try {
      const result = await options.data.runQuery(entry.id, entry.parameters, signals);
      if (ticket === entry.ticket && !visit.aborted) {
        entry.state.value = {
          data: result.data,
          columns: result.columns,
          isLoading: false,
          error: undefined,
          hasRun: true,
        };
        options.problems.report(`query:${entry.id}`, undefined);
      }
      return result;
    } catch (error) {
      if (ticket === entry.ticket && !visit.aborted) fail(entry, error);
      throw error;
    }
  };

  const fail = (entry: Entry, error: unknown): void => {
    const before = entry.state.peek();
    if (isAbort(error)) {
      entry.state.value = { ...before, isLoading: false };
      return;
    }
    const known = toAppError(error);
    entry.state.value = { ...before, isLoading: false, error: known, hasRun: true };
    options.problems.report(`query:${entry.id}`, describeQueryProblem(entry.id, known));
  };

  const startQuietly = (entry: Entry): void => {
    // Its failure is in the entry's state, where it is shown.
    start(entry).catch(() => undefined);
  };

  return {
    latest(id) {
      const entry = latestOf(id).value;
      if (entry !== undefined) return entry.state.value;
      const query = options.find(id);
      if (query === undefined || !loadsByItself(query)) return idle;
      const isKnown = firstResult(id, {}) !== undefined;
      const first = isKnown ? entryFor(id, {}) : undefined;
      // Reading happens while values are worked out, where nothing may be changed.
      queueMicrotask(() => {
        if (latestOf(id).peek() !== undefined || stop.signal.aborted) return;
        if (first === undefined) startQuietly(entryFor(id, {}));
        else latestOf(id).value = first;
      });
      return first === undefined ? { ...idle, isLoading: true } : first.state.value;
    },
    use(id, parameters) {
      const entry = entryFor(id, parameters);
      entry.users += 1;
      const query = options.find(id);
      const { hasRun, isLoading } = entry.state.peek();
      if (query !== undefined && query.mode === 'read' && query.run === 'load') {
        if (!hasRun && !isLoading) startQuietly(entry);
        else latestOf(id).value = entry;
      }
      let isReleased = false;
      const release = (): void => {
        if (isReleased) return;
        isReleased = true;
        entry.users -= 1;
        if (entry.users === 0 && latestOf(id).peek() !== entry) entry.controller?.abort();
      };
      return { state: entry.state, release };
    },
    run: (id, parameters) => start(entryFor(id, parameters)),
    async refresh(id) {
      const chosen = [...entries.values()].filter((entry) => {
        const isAsked = id === undefined ? options.find(entry.id)?.mode === 'read' : entry.id === id;
        return isAsked && (entry.users > 0 || latestOf(entry.id).peek() === entry);
      });
      await Promise.allSettled(chosen.map(start));
    },
    open() {
      if (stop.signal.aborted) stop = new AbortController();
    },
    dispose() {
      stop.abort();
      entries.clear();
      for (const entry of latest.values()) entry.value = undefined;
    },
  };
}

/** True when a query may run without anybody giving it values. */
export function loadsByItself(query: ClientQuery): boolean {
  const isComplete = query.parameters.every(
    (parameter) => parameter.required !== true || parameter.default !== undefined,
  );
  return query.mode === 'read' && query.run === 'load' && isComplete;
}

function forgetOldest(entries: Map<string, Entry>): void {
  if (entries.size <= keptResults) return;
  for (const [key, entry] of entries) {
    if (entries.size <= keptResults) return;
    if (entry.users === 0 && !entry.state.peek().isLoading && entry.state.peek().hasRun) entries.delete(key);
  }
}

function unknownQuery(id: string): AppError {
  return notFound({
    code: 'query.unknown',
    message: 'This query does not exist or you may not run it.',
    hint: 'Ask whoever builds this app.',
    details: { query: id },
  });
}

function describeQueryProblem(query: string, error: AppError) {
  const { code, message, hint } = error;
  return { kind: 'query', query, path: '', code, message, ...(hint === undefined ? {} : { hint }) } as const;
}

/** True for what a cancelled request rejects with. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Any thrown value as an `AppError`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('bug', {
    code: 'runtime.unexpected',
    message: error instanceof Error && error.message !== '' ? error.message : 'Something went wrong.',
    cause: error,
  });
}
