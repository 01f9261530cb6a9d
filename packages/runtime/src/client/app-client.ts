import { AppError, createId, type Json } from '@fettle/base';
import { createClient, errorOf, type ApiClient, type PluginComponentInfo, type RunnableApp } from '@fettle/contract';
import type { EventActionPlace } from '@fettle/definition';
import type {
  AggregateRequest,
  AggregateResult,
  ListRequest,
  ListResult,
  QueryResult,
  Row,
  RowChange,
  RowKey,
} from '@fettle/sdk';
import type { DataHost, StoredFile, TablePlace } from '@fettle/sdk/react';
import { createInboxClient, type InboxClient } from '../inbox/inbox-client.ts';
import { draftRoutes, releaseRoutes, sessionRoutes, type TableRoutes } from './routes.ts';

/** What the runtime asks a server for. All calls reject with an `AppError`. */
export interface AppClient {
  /** The app as the person may see it. */
  definition(): Promise<RunnableApp>;
  list(place: TablePlace, request: Omit<ListRequest, 'table'>, signal?: AbortSignal): Promise<ListResult>;
  read(
    place: TablePlace,
    request: { readonly key: RowKey } & Pick<ListRequest, 'columns' | 'expand'>,
    signal?: AbortSignal,
  ): Promise<Row | undefined>;
  create(place: TablePlace, rows: readonly Row[]): Promise<readonly Row[]>;
  update(place: TablePlace, changes: readonly RowChange[]): Promise<readonly Row[]>;
  delete(place: TablePlace, keys: readonly RowKey[]): Promise<void>;
  aggregate(
    place: TablePlace,
    request: Omit<AggregateRequest, 'table'>,
    signal?: AbortSignal,
  ): Promise<AggregateResult>;
  runQuery(query: string, parameters: Readonly<Record<string, Json>>, signal?: AbortSignal): Promise<QueryResult>;
  startFlow: DataHost['startFlow'];
  /** Runs an event action whose code is on the server, with the values of what is bound in its settings. */
  runEventAction(
    place: EventActionPlace,
    request: { readonly version: string; readonly values: Readonly<Record<string, readonly unknown[]>> },
    signal?: AbortSignal,
  ): Promise<Json>;
  upload(file: File, onProgress?: (part: number) => void): Promise<StoredFile>;
  fileUrl(file: StoredFile): string;
  exportUrl(place: TablePlace, request: Pick<ListRequest, 'columns' | 'filter' | 'sort' | 'search'>): string;
  /** The address of a plugin component's code, once it is certain that the server gives it. */
  componentCode(component: Pick<PluginComponentInfo, 'plugin' | 'code' | 'isTrusted'>): Promise<string>;
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** What the person is told in this app; drafts tell nobody anything. */
  readonly inbox?: InboxClient;
}

/** Which app: a release by its slug, or a draft, optionally as a role sees it. */
export type AppAddress = { readonly app: string } | { readonly draftOf: string; readonly asRole?: string };

/** Surroundings of {@link createAppClient}; the defaults fit a page. */
export interface AppClientOptions {
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Talks to the server through the contract. A call that finds the session expired refreshes it once, for all. */
export function createAppClient(address: AppAddress, options: AppClientOptions = {}): AppClient {
  const send = {
    baseUrl: options.baseUrl ?? '',
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.headers === undefined ? {} : { headers: options.headers }),
  };
  const plain = createClient(send);
  let refreshing: Promise<boolean> | undefined;
  const refresh = (): Promise<boolean> => {
    refreshing ??= plain
      .call(sessionRoutes.refresh, {})
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  };
  const api = createClient({ ...send, onSignedOut: refresh });
  const calls = 'app' in address ? releaseCalls(api, address.app) : draftCalls(api, address);
  return {
    ...calls,
    async componentCode({ plugin, code, isTrusted }) {
      const url = calls.codeUrl({ plugin, code, file: isTrusted ? 'module.js' : 'frame.html' });
      const get = async (): Promise<Response> =>
        reach(() =>
          (send.fetch ?? globalThis.fetch)(url, { credentials: 'same-origin', headers: options.headers ?? {} }),
        );
      let response = await get();
      if (response.status === 401 && (await refresh())) response = await get();
      if (!response.ok) throw await errorOf(response);
      return url;
    },
    upload: (file, onProgress) =>
      upload({ url: calls.uploadUrl, file, onProgress, headers: options.headers ?? {}, refresh }),
    async signIn(email, password) {
      await plain.call(sessionRoutes.signIn, { body: { email, password } });
    },
    signOut: async () => {
      await plain.call(sessionRoutes.signOut, {});
    },
  };
}

type Calls = Omit<AppClient, 'upload' | 'componentCode' | 'signIn' | 'signOut'> & {
  readonly uploadUrl: string;
  readonly codeUrl: (file: CodeFile) => string;
};

interface CodeFile {
  readonly plugin: string;
  readonly code: string;
  readonly file: 'module.js' | 'frame.html';
}

function releaseCalls(api: ApiClient, app: string): Calls {
  const { open, rows, runQuery, runEventAction, startFlow, componentCode, upload: send, download } = releaseRoutes;
  const at = (place: TablePlace) => ({ params: { app, dataSource: place.dataSource, table: place.table }, query: {} });
  return {
    definition: () => api.call(open, { params: { app } }),
    ...tableCalls(api, rows, at),
    runQuery: (query, parameters, signal) =>
      api.call(runQuery, { params: { app, query }, body: { parameters }, ...withSignal(signal) }),
    runEventAction: async (place, request, signal) => {
      const body = asPress(request);
      return (await api.call(runEventAction, { params: { app, ...place }, body, ...withSignal(signal) })).result;
    },
    async startFlow(flow, input, { waitMs = 0 } = {}) {
      // A request that is sent again, because the session had to be refreshed, must not start it twice.
      const body = { input, waitMs, requestId: createId('req', 20) };
      return (await api.call(startFlow, { params: { app, flow }, body })).run;
    },
    fileUrl: (file) => api.url(download, { params: { app, file: file.id } }),
    uploadUrl: api.url(send, { params: { app } }),
    codeUrl: (file) => api.url(componentCode, { params: { app, ...file } }),
    inbox: createInboxClient(api, { app }),
  };
}

function draftCalls(api: ApiClient, { draftOf: appId, asRole }: Extract<AppAddress, { draftOf: string }>): Calls {
  const { open, rows, runQuery, runEventAction, startFlow, componentCode, upload: send, download } = draftRoutes;
  const query = asRole === undefined ? {} : { role: asRole };
  const at = (place: TablePlace) => ({ params: { appId, dataSource: place.dataSource, table: place.table }, query });
  return {
    definition: () => api.call(open, { params: { appId }, query }),
    // The draft's table routes have the same shapes as the release's; only the place differs.
    ...tableCalls(api, rows as unknown as TableRoutes, at as unknown as PlaceInput),
    runQuery: (name, parameters, signal) =>
      api.call(runQuery, { params: { appId, query: name }, query, body: { parameters }, ...withSignal(signal) }),
    runEventAction: async (place, request, signal) => {
      const body = asPress(request);
      return (await api.call(runEventAction, { params: { appId, ...place }, query, body, ...withSignal(signal) }))
        .result;
    },
    startFlow: async (flow, input, { waitMs = 0 } = {}) =>
      (await api.call(startFlow, { params: { appId, flow }, body: { trigger: input, waitMs } })).run,
    fileUrl: (file) => api.url(download, { params: { appId, file: file.id }, query }),
    uploadUrl: api.url(send, { params: { appId }, query }),
    codeUrl: (file) => api.url(componentCode, { params: { appId, ...file } }),
  };
}

// Each press has an id of its own: a request that is sent again, whoever sends it, does nothing twice.
function asPress({ version, values }: Parameters<AppClient['runEventAction']>[1]) {
  const lists = Object.fromEntries(Object.entries(values).map(([place, list]) => [place, [...list]]));
  return { version, values: lists, requestId: createId('prs', 20) };
}

interface ReleasePlace {
  readonly app: string;
  readonly dataSource: string;
  readonly table: string;
}

/** Where a table is, as the routes take it. */
type PlaceInput = (place: TablePlace) => {
  readonly params: ReleasePlace;
  readonly query: Readonly<Record<string, never>>;
};

function tableCalls(api: ApiClient, rows: TableRoutes, at: PlaceInput) {
  return {
    list: (place, request, signal) =>
      api.call(rows.list, { ...at(place), body: asBody(request), ...withSignal(signal) }),
    async read(place, request, signal) {
      try {
        const { row } = await api.call(rows.read, { ...at(place), body: asBody(request), ...withSignal(signal) });
        return row;
      } catch (error) {
        // Only a row that is not there is an ordinary answer; a table that is not there is a failure.
        if (error instanceof AppError && error.kind === 'not-found' && error.code.startsWith('row.')) return undefined;
        throw error;
      }
    },
    create: async (place, given) => (await api.call(rows.create, { ...at(place), body: asBody({ rows: given }) })).rows,
    update: async (place, changes) => (await api.call(rows.update, { ...at(place), body: asBody({ changes }) })).rows,
    async delete(place, keys) {
      await api.call(rows.delete, { ...at(place), body: asBody({ keys }) });
    },
    aggregate: (place, request, signal) =>
      api.call(rows.aggregate, { ...at(place), body: asBody(request), ...withSignal(signal) }),
    exportUrl: (place, request) =>
      api.url(rows.export, { ...at(place), query: { ...at(place).query, request: JSON.stringify(request) } }),
  } satisfies Partial<AppClient>;
}

// The SDK's requests are read-only; the contract's body types are the same data without that promise.
function asBody(request: unknown): never {
  return request as never;
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

async function reach(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (cause) {
    throw new AppError('unavailable', {
      code: 'network.unreachable',
      message: 'The server cannot be reached.',
      hint: 'Check your connection and try again.',
      cause,
    });
  }
}

interface Upload {
  readonly url: string;
  readonly file: File;
  readonly onProgress: ((part: number) => void) | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly refresh: () => Promise<boolean>;
}

async function upload(job: Upload): Promise<StoredFile> {
  let response = await send(job);
  if (response.status === 401 && (await job.refresh())) response = await send(job);
  if (!response.ok) throw await errorOf(response);
  const body = (await response.json()) as { readonly file: StoredFile };
  return body.file;
}

// `fetch` cannot tell how much of a body has been sent; XMLHttpRequest can.
function send({ url, file, onProgress, headers }: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () =>
      reject(
        new AppError('unavailable', {
          code: 'network.unreachable',
          message: 'The file could not be sent.',
          hint: 'Check your connection and try again.',
        }),
      );
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
