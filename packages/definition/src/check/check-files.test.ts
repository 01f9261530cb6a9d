import { expect, test } from 'vitest';
import { appOf, component, sampleCatalog, screenWith } from '../../test/sample.ts';
import { checkFiles, saveApp } from '../index.ts';

const data = { kind: 'table', dataSource: 'ds_a', table: 'track' };
const files = saveApp(
  appOf([
    screenWith({
      cmp_t: component('tracks', { type: 'core/table', settings: { data, columns: [{ column: 'album.title' }] } }),
    }),
  ]),
);
const [screen = ''] = Object.keys(files).filter((path) => path.startsWith('screens/'));
const track = { id: 'track', columns: [{ name: 'name' }], relations: [{ name: 'album', table: 'album' }] };
const album = { id: 'album', columns: [{ name: 'title' }], relations: [] };
const check = (changed: Record<string, string>, sources?: Parameters<typeof checkFiles>[1]['sources']) =>
  checkFiles({ ...files, ...changed }, { catalog: sampleCatalog, ...(sources === undefined ? {} : { sources }) })
    .filter(({ severity }) => severity === 'error')
    .map(({ path, code }) => `${path} ${code}`);

test('a sound folder has no errors, and paths through relations are columns', () => {
  expect(check({})).toEqual([]);
  expect(check({}, { ds_a: [track, album] })).toEqual([]);
});

test('names of data sources, tables and columns are checked against what is there', () => {
  expect(check({}, {})).toEqual([expect.stringMatching(/#.*\/dataSource reference\.dataSource$/)]);
  expect(check({}, { ds_a: [album] })).toEqual([expect.stringMatching(/\/table reference\.table$/)]);
  expect(check({}, { ds_a: [track, { ...album, columns: [] }] })).toEqual([
    expect.stringMatching(/column reference\.column$/),
  ]);
  expect(check({}, { ds_a: null })).toEqual([]);
});

test('a document that cannot be read keeps no other from being checked', () => {
  const broken = (files[screen] ?? '').replace('core/table', 'core/table"').slice(0, -20);
  expect(check({ [screen]: broken, 'theme.json': '{"primary":1}' })).toEqual(
    expect.arrayContaining([`${screen} file.not-json`, 'theme.json#/primary schema.type']),
  );
  const { 'access.json': _gone, ...rest } = files;
  expect(checkFiles(rest, { catalog: sampleCatalog }).map(({ path, code }) => `${path} ${code}`)).toEqual([
    'access.json file.missing',
  ]);
});

test('a tree that goes in circles is told, and does not end the check', () => {
  const json = JSON.parse(files[screen] ?? '') as { root: string; components: Record<string, { slots?: object }> };
  const root = json.components[json.root];
  if (root !== undefined) root.slots = { children: ['cmp_t', json.root] };
  expect(check({ [screen]: JSON.stringify(json) })).toEqual([expect.stringContaining('tree.two-places')]);
});
