import { isJsonObject, type Json, type JsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { usedExtensions } from '../migrate/used-extensions.ts';
import { documentKinds, documentMigrations } from '../migrate/document-migrations.ts';
import { appFormat } from '../migrate/read-versions.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import { readingOrder } from '../reading-order.ts';

// Members that a reader looks for first; all others follow in alphabetical order.
const first = [
  'format',
  'versions',
  'id',
  'kind',
  'type',
  'name',
  'label',
  'title',
  'route',
  'icon',
  'description',
  'home',
  'root',
  'trigger',
  'dataSource',
  'table',
  'settings',
];
const last = ['state', 'events', 'onSuccess', 'onError', 'slots', 'components', 'steps'];
const ranks: ReadonlyMap<string, number> = new Map([
  ...first.map((key, index) => [key, index - first.length] as const),
  ...last.map((key, index) => [key, index + 1] as const),
]);

/** Documents with their members in canonical order. Documents never change, so each is ordered once. */
const ordered = new WeakMap<object, JsonObject>();

/** A document with its members in canonical order: the same content always gives the same bytes. */
export function canonicalDocument(document: object): JsonObject {
  const known = ordered.get(document);
  if (known !== undefined) return known;
  const canonical = orderMembers(document as JsonObject) as JsonObject;
  if (Object.isFrozen(document)) ordered.set(document, canonical);
  return canonical;
}

/** A screen in canonical order, its components in reading order: parents before children, top before bottom. */
export function canonicalScreen(screen: Screen): JsonObject {
  const known = ordered.get(screen);
  if (known !== undefined) return known;
  const { components, ...rest } = screen;
  const entries = readingOrder(screen).map((id) => [id, canonicalDocument(components[id] as Component)] as const);
  const canonical = {
    ...(orderMembers(rest as unknown as JsonObject) as JsonObject),
    components: Object.fromEntries(entries),
  };
  if (Object.isFrozen(screen)) ordered.set(screen, canonical);
  return canonical;
}

/** `versions` of an app as stored: document kinds (later ones where there are any), and the extension types in use that are above 1. */
export function storedHeader(app: App): { readonly format: string; readonly versions: JsonObject } {
  const versions: Record<string, number> = {};
  for (const kind of documentKinds) {
    const isAbsent = kind === 'flow-test' && Object.keys(app.flowTests).length === 0;
    if (!isAbsent) versions[kind] = documentMigrations[kind].current;
  }
  for (const key of [...usedExtensions(app)].sort()) {
    const version = app.extensions?.[key] ?? 1;
    if (version > 1) versions[key] = version;
  }
  return { format: appFormat, versions };
}

/** Documents in the order of their names, as their files stand in a folder. */
export function byName<T extends { readonly name: string }>(documents: Readonly<Record<string, T>>): readonly T[] {
  return Object.values(documents).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function orderMembers(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => orderMembers(item));
  if (!isJsonObject(value)) return value;
  const entries: [string, Json][] = [];
  for (const key of Object.keys(value).toSorted(compareKeys)) {
    const member = value[key];
    if (member !== undefined) entries.push([key, orderMembers(member)]);
  }
  return Object.fromEntries(entries);
}

function compareKeys(a: string, b: string): number {
  return (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || (a < b ? -1 : a > b ? 1 : 0);
}
