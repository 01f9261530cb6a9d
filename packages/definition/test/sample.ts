import {
  emptyApp,
  type App,
  type Component,
  type ExtensionCatalog,
  type ExtensionDescription,
  type Query,
  type Screen,
} from '../src/index.ts';

const tableSettings = {
  type: 'object',
  required: ['data', 'columns'],
  properties: {
    data: {
      title: 'Data',
      ui: { bindable: false },
      anyOf: [
        {
          type: 'object',
          required: ['kind', 'dataSource', 'table'],
          additionalProperties: false,
          properties: {
            kind: { const: 'table' },
            dataSource: { type: 'string' },
            table: { type: 'string' },
            filter: { type: 'object' },
            sort: { type: 'array', items: { type: 'object' } },
            limit: { type: 'integer', minimum: 1 },
          },
        },
        {
          type: 'object',
          required: ['kind', 'query'],
          additionalProperties: false,
          properties: { kind: { const: 'query' }, query: { type: 'string' }, parameters: { type: 'object' } },
        },
      ],
    },
    columns: {
      type: 'array',
      default: [],
      items: {
        type: 'object',
        properties: { column: { type: 'string' }, text: { type: 'string', ui: { deferred: ['row'] } } },
      },
    },
    allowEdit: { type: 'boolean', title: 'Edit rows', default: false },
    pageSize: { type: 'integer', title: 'Page size', maximum: 1000 },
  },
};

const components: Readonly<Record<string, Partial<ExtensionDescription>>> = {
  'core/stack': { slots: ['children'], exposes: {} },
  'core/repeater': {
    slots: ['item'],
    slotScopes: { item: { item: { rowOf: 'data' }, index: null } },
    exposes: { rows: null },
  },
  'core/text': { settings: { type: 'object', properties: { text: { type: 'string' } } }, exposes: {} },
  'core/table': {
    version: 2,
    settings: tableSettings,
    exposes: { selectedRow: { anyOf: [{ rowOf: 'data' }, { type: 'null' }] } },
    migrations: [({ size, ...settings }) => ({ ...settings, pageSize: size ?? 25 })],
    uses: {
      tables: [
        { setting: 'data', actions: ['view'], columns: ['columns/*/column'] },
        {
          setting: 'data',
          actions: ['update'],
          when: { setting: 'allowEdit', in: [true] },
          unless: { beside: 'editable', in: [false] },
          columns: ['columns/*/column'],
        },
      ],
    },
  },
};

const eventActions: Readonly<Record<string, Partial<ExtensionDescription>>> = {
  'core/run-query': { uses: { queries: ['query'] } },
  'core/navigate': { uses: { screens: ['screen'] } },
  'core/delete-row': { uses: { tables: [{ setting: 'data', actions: ['delete'] }] } },
};

function describe(
  table: Readonly<Record<string, Partial<ExtensionDescription>>>,
  id: string,
): ExtensionDescription | undefined {
  const known = Object.hasOwn(table, id) ? table[id] : undefined;
  return known && { id, title: id, version: 1, settings: { type: 'object' }, ...known };
}

/** A few extension types to load, check and compile with. */
export const sampleCatalog: ExtensionCatalog = {
  component: (type) => describe(components, type),
  eventAction: (type) => describe(eventActions, type),
};

export const home = 'scr_home';
export const root = 'cmp_root';

/** A component with defaults. */
export function component(name: string, rest: Partial<Component> = {}): Component {
  return { type: 'core/text', name, settings: {}, ...rest };
}

/** A screen with these components; those in no slot hang below the root. */
export function screenWith(parts: Readonly<Record<string, Component>>, rest: Partial<Screen> = {}): Screen {
  const nested = new Set(Object.values(parts).flatMap(({ slots }) => Object.values(slots ?? {}).flat()));
  const children = Object.keys(parts).filter((id) => !nested.has(id));
  return {
    id: home,
    name: 'home',
    title: 'Home',
    route: '/',
    root,
    components: { [root]: component('root', { type: 'core/stack', slots: { children } }), ...parts },
    ...rest,
  };
}

/** A query with defaults. */
export function query(id: string, name: string, rest: Partial<Query> = {}): Query {
  return {
    id,
    name,
    dataSource: 'src_db',
    kind: 'sql',
    settings: { sql: 'select 1' },
    parameters: [],
    mode: 'read',
    run: 'load',
    ...rest,
  };
}

/** An app of these screens and queries. */
export function appOf(screens: readonly Screen[], queries: readonly Query[] = [], rest: Partial<App> = {}): App {
  const base = emptyApp('Sample');
  return {
    ...base,
    app: { ...base.app, home, navigation: { style: 'side', items: [{ id: 'nav_home', label: 'Home', screen: home }] } },
    screens: Object.fromEntries(screens.map((screen) => [screen.id, screen])),
    queries: Object.fromEntries(queries.map((one) => [one.id, one])),
    ...rest,
  };
}
