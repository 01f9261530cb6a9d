import { AppError, type Json } from '@fettle/base';
import type { EventActionPlace } from '@fettle/definition';
import type { FlowEffect, TableDescription } from '@fettle/sdk';
import type { DataHost, TablePlace } from '@fettle/sdk/react';
import type { AppClient } from './app-client.ts';
import { createSharedCalls } from './shared-calls.ts';

/** What a data host needs to know of the app. Asked on every use, so that a draft can change meanwhile. */
export interface DataHostFacts {
  /** By table reference (`dataSource/table`). */
  readonly tables: Readonly<Record<string, TableDescription>>;
  readonly isWriteQuery: (query: string) => boolean;
  /** Of the app, as the server named it. */
  readonly version: string;
}

/** A press of an event action whose code is on the server. */
export interface ServerActionCall {
  readonly place: EventActionPlace;
  /** Values of the expressions in its settings, by place below them. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  readonly effect: FlowEffect;
  /** Fires when whoever pressed has left. */
  readonly signal: AbortSignal;
}

/** What the app itself asks for, beside what its components do. */
export interface AppDataHost extends DataHost {
  /** Runs an event action on the server and resolves with its result. */
  runEventAction(call: ServerActionCall): Promise<Json>;
}

/** Means of {@link createDataHost}. */
export interface DataHostOptions {
  readonly client: AppClient;
  readonly facts: () => DataHostFacts;
  /** Told when a call found nobody signed in, after the client tried to refresh the session. */
  readonly onSignedOut?: () => void;
}

/** Makes the data host of an app: calls through the client, identical reads shared, changes told to who listens. */
export function createDataHost({ client: given, facts, onSignedOut }: DataHostOptions): AppDataHost {
  const client = onSignedOut === undefined ? given : watchSession(given, onSignedOut);
  const listeners = new Map<string, Set<() => void>>();
  const shared = createSharedCalls();

  const tell = (isMeant: (key: string) => boolean): void => {
    for (const [key, listening] of listeners) {
      if (isMeant(key)) for (const listener of Array.from(listening)) listener();
    }
  };
  const tableChanged = (place: TablePlace): void => {
    // Related rows may be part of any answer under way, so all of them are left to those who wait already.
    shared.forget(() => true);
    tell((key) => key === tableKey(place));
  };

  return {
    describe: (place) => facts().tables[`${place.dataSource}/${place.table}`],
    list: (place, request, signal) =>
      shared.share(
        `list ${tableKey(place)} ${JSON.stringify(request)}`,
        (stop) => client.list(place, request, stop),
        signal,
      ),
    read: (place, key, options = {}, signal) =>
      shared.share(
        `read ${tableKey(place)} ${JSON.stringify([key, options])}`,
        (stop) => client.read(place, { key, ...options }, stop),
        signal,
      ),
    async create(place, rows) {
      const created = await client.create(place, rows);
      tableChanged(place);
      return created;
    },
    async update(place, changes) {
      const updated = await client.update(place, changes);
      tableChanged(place);
      return updated;
    },
    async delete(place, keys) {
      await client.delete(place, keys);
      tableChanged(place);
    },
    aggregate: (place, request, signal) =>
      shared.share(
        `aggregate ${tableKey(place)} ${JSON.stringify(request)}`,
        (stop) => client.aggregate(place, request, stop),
        signal,
      ),
    async runQuery(query, parameters: Readonly<Record<string, Json>>, signal) {
      if (!facts().isWriteQuery(query)) {
        const key = `query ${query} ${JSON.stringify(parameters)}`;
        return shared.share(key, (stop) => client.runQuery(query, parameters, stop), signal);
      }
      // A write is never shared and never cancelled half-way by a component that goes.
      const result = await client.runQuery(query, parameters);
      // Nobody knows which tables its text touches: every list on the page asks again.
      shared.forget(() => true);
      tell((key) => key.startsWith('table ') || key === queryKey(query));
      return result;
    },
    async startFlow(flow, input, options) {
      const run = await client.startFlow(flow, input, options);
      // Nobody knows which tables its steps touched: every list on the page asks again.
      shared.forget(() => true);
      tell((key) => key.startsWith('table '));
      return run;
    },
    async runEventAction({ place, values, effect, signal }) {
      const request = { version: facts().version, values };
      if (effect === 'none' || effect === 'read') return client.runEventAction(place, request, signal);
      // What has an effect goes on when the page that began it is gone.
      const result = await client.runEventAction(place, request);
      shared.forget(() => true);
      tell((key) => key.startsWith('table '));
      return result;
    },
    upload: (file, onProgress) => client.upload(file, onProgress),
    fileUrl: (file) => client.fileUrl(file),
    exportUrl: (place, request) => client.exportUrl(place, request),
    onChange(what, listener) {
      const key = 'query' in what ? queryKey(what.query) : tableKey(what);
      const listening = listeners.get(key) ?? new Set();
      listeners.set(key, listening);
      listening.add(listener);
      return () => {
        listening.delete(listener);
        if (listening.size === 0) listeners.delete(key);
      };
    },
  };
}

type Calls = Pick<
  AppClient,
  | 'list'
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'aggregate'
  | 'runQuery'
  | 'startFlow'
  | 'runEventAction'
  | 'upload'
>;

function watchSession(client: AppClient, onSignedOut: () => void): AppClient {
  const watched =
    <Input extends readonly unknown[], Output>(call: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      try {
        return await call(...input);
      } catch (error) {
        if (error instanceof AppError && error.kind === 'not-authenticated') onSignedOut();
        throw error;
      }
    };
  const calls: Calls = {
    list: watched((...input: Parameters<AppClient['list']>) => client.list(...input)),
    read: watched((...input: Parameters<AppClient['read']>) => client.read(...input)),
    create: watched((...input: Parameters<AppClient['create']>) => client.create(...input)),
    update: watched((...input: Parameters<AppClient['update']>) => client.update(...input)),
    delete: watched((...input: Parameters<AppClient['delete']>) => client.delete(...input)),
    aggregate: watched((...input: Parameters<AppClient['aggregate']>) => client.aggregate(...input)),
    runQuery: watched((...input: Parameters<AppClient['runQuery']>) => client.runQuery(...input)),
    startFlow: watched((...input: Parameters<AppClient['startFlow']>) => client.startFlow(...input)),
    runEventAction: watched((...input: Parameters<AppClient['runEventAction']>) => client.runEventAction(...input)),
    upload: watched((...input: Parameters<AppClient['upload']>) => client.upload(...input)),
  };
  return { ...client, ...calls };
}

function tableKey(place: TablePlace): string {
  return `table ${place.dataSource}/${place.table}`;
}

function queryKey(query: string): string {
  return `query ${query}`;
}
