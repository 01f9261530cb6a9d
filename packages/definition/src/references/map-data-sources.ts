import { isJsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { deepFreeze } from '../load/deep-freeze.ts';

/**
 * The same app on other data sources: every place that names one of the given ids names its counterpart instead. An
 * app that moves to another installation keeps its queries, settings and table rules.
 */
export function mapDataSources(app: App, mapping: Readonly<Record<string, string>>): App {
  const lookUp = (id: string): string => (Object.hasOwn(mapping, id) ? (mapping[id] ?? id) : id);
  const { tables } = app.access;
  return deepFreeze<App>({
    ...app,
    screens: mapValue(app.screens, lookUp),
    queries: mapValue(app.queries, lookUp),
    flows: mapValue(app.flows, lookUp),
    flowTests: mapValue(app.flowTests, lookUp),
    access: { ...app.access, ...(tables === undefined ? {} : { tables: mapReferences(tables, lookUp) }) },
  });
}

/** The same app on tables of other names: every place that names a table of the data source names its counterpart. */
export function mapTables(app: App, dataSource: string, names: Readonly<Record<string, string>>): App {
  const lookUp = (name: string): string => (Object.hasOwn(names, name) ? (names[name] ?? name) : name);
  const { tables } = app.access;
  const mapped = Object.entries(tables ?? {}).map(([reference, rules]) => {
    const [source = '', ...rest] = reference.split('/');
    return [source === dataSource ? `${source}/${lookUp(rest.join('/'))}` : reference, rules] as const;
  });
  const mapNamed = <T>(value: T): T => mapNamedTables(value, dataSource, lookUp);
  return deepFreeze<App>({
    ...app,
    screens: mapNamed(app.screens),
    queries: mapNamed(app.queries),
    flows: mapNamed(app.flows),
    flowTests: mapNamed(app.flowTests),
    access: { ...app.access, ...(tables === undefined ? {} : { tables: Object.fromEntries(mapped) }) },
  });
}

/** A table stands beside its data source, wherever settings name one. */
function mapNamedTables<T>(value: T, dataSource: string, lookUp: (name: string) => string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => mapNamedTables(item, dataSource, lookUp)) as T;
  if (!isJsonObject(value)) return value;
  const isNamed = value['dataSource'] === dataSource;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    isNamed && key === 'table' && typeof inner === 'string' ? lookUp(inner) : mapNamedTables(inner, dataSource, lookUp),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Ids of the data sources that an app names: the places that {@link mapDataSources} changes. */
export function dataSourcesOf(app: App): readonly string[] {
  const found = new Set<string>();
  const noted = (id: string): string => {
    found.add(id);
    return id;
  };
  mapValue([app.screens, app.queries, app.flows], noted);
  mapReferences(app.access.tables ?? {}, noted);
  return [...found].filter((id) => id !== '' && !id.includes('{{')).toSorted();
}

function mapValue<T>(value: T, lookUp: (id: string) => string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => mapValue(item, lookUp)) as T;
  if (!isJsonObject(value)) return value;
  // Settings name a data source in a property of this name only: the access plan is read from the same places.
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'dataSource' && typeof inner === 'string' ? lookUp(inner) : mapValue(inner, lookUp),
  ]);
  return Object.fromEntries(entries) as T;
}

function mapReferences<T>(tables: Readonly<Record<string, T>>, lookUp: (id: string) => string): Record<string, T> {
  return Object.fromEntries(
    Object.entries(tables).map(([reference, rules]) => {
      const slash = reference.indexOf('/');
      return [lookUp(reference.slice(0, slash)) + reference.slice(slash), rules];
    }),
  );
}
