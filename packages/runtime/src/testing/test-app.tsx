import { ThemeProvider } from '../theme/theme-provider.tsx';
import { createAppTheme } from '../theme/app-theme.ts';
import type { Json } from '@fettle/base';
import type { RunnableApp } from '@fettle/contract';
import {
  compileScreen,
  type ClientQuery,
  type CompiledScreen,
  type Component,
  type EventActionPlace,
  type Screen,
} from '@fettle/definition';
import type { ListResult, QueryResult, TableDescription } from '@fettle/sdk';
import { act, render, type RenderResult } from '@testing-library/react';
import type { AppClient } from '../client/app-client.ts';
import { ScreenView, type ScreenViewProps } from '../render/screen-view.tsx';
import { createAppRuntime, type AppRuntime } from '../state/app-runtime.ts';
import { fixedScreen } from '../state/screen-source.ts';
import { createTestExtensions } from './test-extensions.tsx';

/** A component with everything but its type and name left out. */
export function part(type: string, name: string, rest: Partial<Component> = {}): Component {
  return { type: `test/${type}`, name, settings: {}, ...rest };
}

/** Compiles a screen whose root is a box of the components that no slot holds. */
export function screenOf(components: Readonly<Record<string, Component>>, rest: Partial<Screen> = {}): CompiledScreen {
  const held = new Set(Object.values(components).flatMap((component) => Object.values(component.slots ?? {}).flat()));
  const children = Object.keys(components).filter((id) => !held.has(id));
  return compileScreen({
    id: 'scr_main',
    name: 'main',
    title: 'Main',
    route: '/',
    root: 'cmp_root',
    ...rest,
    components: { cmp_root: part('box', 'root', { slots: { children } }), ...components },
  });
}

/** What a fake server answers, and what it was asked. */
export interface FakeServer {
  readonly client: AppClient;
  readonly calls: { readonly kind: string; readonly input: unknown; readonly signal: AbortSignal | undefined }[];
  list: (request: Readonly<Record<string, unknown>>) => Promise<ListResult> | ListResult;
  query: (id: string, parameters: Readonly<Record<string, unknown>>) => Promise<QueryResult> | QueryResult;
  eventAction: (place: EventActionPlace) => Promise<Json> | Json;
  definition: () => Promise<RunnableApp> | RunnableApp;
}

/** The result of a query that gave `data`. */
export function queryResult(data: QueryResult['data']): QueryResult {
  return { data, truncated: false, durationMs: 1 };
}

/** The outside network of the tests. */
export function createFakeServer(): FakeServer {
  const calls: FakeServer['calls'] = [];
  const record = (kind: string, input: unknown, signal?: AbortSignal): void => {
    calls.push({ kind, input, signal });
  };
  const server: FakeServer = {
    calls,
    list: () => ({ rows: [] }),
    query: () => queryResult([]),
    eventAction: () => null,
    definition: () => appOf({}),
    client: {
      definition: async () => server.definition(),
      async list(place, request, signal) {
        record('list', { place, request }, signal);
        return server.list(request as Readonly<Record<string, unknown>>);
      },
      componentCode: async ({ plugin, code }) => `/components/${plugin}/${code}`,
      async read() {
        return undefined;
      },
      async create(place, rows) {
        record('create', { place, rows });
        return rows;
      },
      async update(place, changes) {
        record('update', { place, changes });
        return changes.map((change) => ({ ...change.key, ...change.values }));
      },
      async delete(place, keys) {
        record('delete', { place, keys });
      },
      async aggregate() {
        return { rows: [], truncated: false };
      },
      async runQuery(query, parameters, signal) {
        record('query', { query, parameters }, signal);
        return server.query(query, parameters);
      },
      async startFlow(flow, input, options) {
        record('start-flow', { flow, input, options });
        return { id: 'run_1', state: 'succeeded', output: null };
      },
      async runEventAction(place, request, signal) {
        record('event-action', { place, ...request }, signal);
        return server.eventAction(place);
      },
      upload: async (file) => ({ id: 'f', name: file.name, size: file.size, type: file.type }),
      fileUrl: (file) => `/files/${file.id}`,
      exportUrl: () => '/export',
      signIn: async (email) => record('sign-in', email),
      signOut: async () => record('sign-out', undefined),
    },
  };
  return server;
}

/** An app as the server sends it. */
export function appOf(parts: {
  readonly screens?: readonly CompiledScreen[];
  readonly queries?: readonly ClientQuery[];
  readonly tables?: Readonly<Record<string, TableDescription>>;
  readonly components?: RunnableApp['components'];
  readonly eventActions?: RunnableApp['eventActions'];
  readonly app?: Partial<RunnableApp['client']['app']>;
  readonly user?: RunnableApp['user'];
}): RunnableApp {
  const screens = parts.screens ?? [screenOf({})];
  return {
    appId: 'app_1',
    slug: 'desk',
    version: '1',
    tables: parts.tables ?? {},
    components: parts.components ?? [],
    eventActions: parts.eventActions ?? [],
    user: parts.user ?? { id: 'usr_1', email: 'ada@example.org', name: 'Ada', roles: ['basic'] },
    client: {
      app: { name: 'Desk', navigation: { style: 'top', items: [] }, state: [], ...parts.app },
      screens: Object.fromEntries(screens.map((screen) => [screen.id, screen])),
      queries: Object.fromEntries((parts.queries ?? []).map((query) => [query.id, query])),
      theme: {},
    },
  };
}

/** Makes the runtime of an app that talks to a fake server. */
export function createTestRuntime(definition: RunnableApp, server = createFakeServer()): AppRuntime {
  return createAppRuntime({
    definition,
    client: server.client,
    extensions: createTestExtensions(),
    locale: 'en',
    timeZone: 'UTC',
    navigator: { go: () => undefined, back: () => undefined, open: () => undefined },
  });
}

/** Lets everything that is under way arrive. */
export async function settle(): Promise<void> {
  await act(async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  });
}

/** Shows one screen and waits until it is there. */
export async function showScreen(
  screen: CompiledScreen,
  options: {
    readonly runtime?: AppRuntime;
    readonly props?: Partial<ScreenViewProps>;
    readonly isStrict?: boolean;
  } = {},
): Promise<RenderResult & { readonly runtime: AppRuntime }> {
  const runtime = options.runtime ?? createTestRuntime(appOf({ screens: [screen] }));
  const source = options.props?.source ?? fixedScreen(screen);
  const result = render(
    <ThemeProvider theme={createAppTheme({})}>
      <ScreenView runtime={runtime} source={source} {...options.props} />
    </ThemeProvider>,
    { reactStrictMode: options.isStrict === true },
  );
  await settle();
  return { ...result, runtime };
}
