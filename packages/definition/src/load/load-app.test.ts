import { expect, test } from 'vitest';
import { appOf, component, home, query, sampleCatalog, screenWith } from '../../test/sample.ts';
import { appToJson, emptyApp, loadApp, parseApp, saveApp, type App, type AppFiles } from '../index.ts';

function problemPaths(result: ReturnType<typeof loadApp>): readonly string[] {
  return result.ok ? [] : result.error.map(({ path }) => path);
}

/** The stored form, loosely typed so that tests can spoil it. */
interface StoredApp extends Record<string, unknown> {
  readonly versions: Record<string, unknown>;
  readonly screens: Record<string, { readonly components: Record<string, { settings: unknown }> }>;
}

function copy(app: App): StoredApp {
  return JSON.parse(JSON.stringify(appToJson(app))) as StoredApp;
}

test('a new app is valid and survives both forms byte for byte', () => {
  const app = emptyApp('Tickets');
  const files = saveApp(app);
  const loaded = loadApp(files);
  expect(loaded.ok && saveApp(loaded.value)).toEqual(files);
  const json = appToJson(app);
  const parsed = parseApp(JSON.parse(JSON.stringify(json)));
  expect(parsed.ok && JSON.stringify(appToJson(parsed.value))).toBe(JSON.stringify(json));
  expect(parsed.ok && parsed.value).toEqual(app);
});

test('components are written in reading order and members in canonical order, whatever order they came in', () => {
  const parts = {
    cmp_last: component('last', { settings: { zebra: 1, apple: 2 } }),
    cmp_box: component('box', { type: 'core/stack', slots: { children: ['cmp_in'] } }),
    cmp_in: component('inside'),
  };
  const screen = screenWith(parts);
  screen.components['cmp_root']!.slots = { children: ['cmp_box', 'cmp_last'] };
  const text = saveApp(appOf([screen]))['screens/home.json'] ?? '';
  expect([...text.matchAll(/^ {4}"(cmp_\w+)"/gm)].map(([, id]) => id)).toEqual([
    'cmp_root',
    'cmp_box',
    'cmp_in',
    'cmp_last',
  ]);
  expect(text.indexOf('"apple"')).toBeLessThan(text.indexOf('"zebra"'));
  expect(text.endsWith('}\n')).toBe(true);
});

test('a component type that is not installed is kept untouched, with the version of its settings', () => {
  const json = copy(
    appOf([screenWith({ cmp_map: component('map', { type: 'acme/map', settings: { deep: [{ a: null }] } }) })]),
  );
  json.versions['component:acme/map'] = 7;
  const parsed = parseApp(json, { catalog: sampleCatalog });
  expect(parsed.ok && appToJson(parsed.value)).toEqual(json);
});

test('settings of an older version are brought up to date by the migrations of their extension', () => {
  const table = component('table', { type: 'core/table', settings: { size: 10 } });
  const parsed = parseApp(copy(appOf([screenWith({ cmp_t: table })])), { catalog: sampleCatalog });
  expect(parsed.ok && parsed.value.screens[home]?.components['cmp_t']?.settings).toEqual({ pageSize: 10 });
  expect(parsed.ok && appToJson(parsed.value)['versions']).toMatchObject({ 'component:core/table': 2 });
});

test('what a newer Fettle or a newer extension wrote is refused with a clear message', () => {
  const app = appOf([screenWith({ cmp_t: component('table', { type: 'core/table' }) })]);
  const newerKind = copy(app);
  newerKind.versions['screen'] = 99;
  const newerType = copy(app);
  newerType.versions['component:core/table'] = 99;
  const unknownKind = copy(app);
  unknownKind.versions['widget'] = 1;
  const results = [newerKind, newerType, unknownKind].map((json) => parseApp(json, { catalog: sampleCatalog }));
  expect(results.map((result) => (result.ok ? [] : result.error.map(({ code }) => code)))).toEqual([
    ['app.version-newer'],
    ['app.version-newer'],
    ['app.version-unknown'],
  ]);
});

test('problems of files name the file and the place in it', () => {
  const files: Record<string, string> = {
    ...saveApp(appOf([screenWith({ cmp_a: component('a') })], [query('qry_a', 'all')])),
  };
  const broken = JSON.parse(files['screens/home.json'] ?? '') as {
    readonly components: Record<string, { settings: unknown }>;
  };
  broken.components['cmp_a']!.settings = 3;
  files['screens/home.json'] = JSON.stringify(broken);
  expect(problemPaths(loadApp(files))).toEqual(['screens/home.json#/components/cmp_a/settings']);
});

test('files that are missing, misnamed, unknown or not JSON are named', () => {
  const files: Record<string, string> = { ...saveApp(appOf([screenWith({})], [query('qry_a', 'all')])) };
  files['queries/other.json'] = files['queries/all.json'] ?? '';
  files['notes.txt'] = 'hello';
  files['screens/home.json'] = '{';
  delete files['theme.json'];
  expect(problemPaths(loadApp(files)).toSorted()).toEqual([
    'notes.txt',
    'queries/other.json#/id',
    'screens/home.json',
    'theme.json',
  ]);
});

test.each([
  ['not an object', () => null],
  ['no format', () => ({})],
  ['a list', () => []],
  [
    'prototype keys in settings',
    (json: StoredApp) => setSettings(json, JSON.parse('{"__proto__": {"polluted": true}}')),
  ],
  ['prototype keys as component ids', (json: StoredApp) => ({ ...json, screens: JSON.parse('{"__proto__": {}}') })],
  ['constructor as a key', (json: StoredApp) => setSettings(json, { constructor: 1 })],
  ['line breaks in keys', (json: StoredApp) => setSettings(json, { 'a\nb': 1 })],
  [
    'values that JSON does not have',
    (json: StoredApp) => setSettings(json, { when: new Date(), run: () => 1, none: Number.NaN }),
  ],
  ['deep nesting', (json: StoredApp) => setSettings(json, JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)))],
  ['screens as a list', (json: StoredApp) => ({ ...json, screens: [] })],
  ['queries as text', (json: StoredApp) => ({ ...json, queries: 'select' })],
  ['versions as text', (json: StoredApp) => ({ ...json, versions: 'all' })],
  ['an unknown member', (json: StoredApp) => ({ ...json, extra: 1 })],
  ['a huge text', (json: StoredApp) => setSettings(json, { text: 'x'.repeat(600_000) })],
  [
    'far too many screens',
    (json: StoredApp) => ({
      ...json,
      screens: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`scr_${i}`, {}])),
    }),
  ],
])('hostile JSON gives problems instead of an error: %s', (_name, spoil) => {
  const result = parseApp((spoil as (json: unknown) => unknown)(copy(appOf([screenWith({ cmp_a: component('a') })]))));
  expect(result.ok).toBe(false);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

function setSettings(json: StoredApp, settings: unknown): unknown {
  json.screens[home]!.components['cmp_a']!.settings = settings;
  return json;
}

test('an app is frozen all the way down, so what is derived from it can be remembered', () => {
  const files: AppFiles = saveApp(appOf([screenWith({ cmp_a: component('a', { settings: { list: [{}] } }) })]));
  const loaded = loadApp(files);
  const list = loaded.ok ? loaded.value.screens[home]?.components['cmp_a']?.settings['list'] : undefined;
  expect(Object.isFrozen(list) && Array.isArray(list) && Object.isFrozen(list[0])).toBe(true);
});
