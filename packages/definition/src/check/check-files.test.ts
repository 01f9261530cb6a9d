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

test('what is known only of tables is an error: members of rows, and values that no such column has', () => {
  const typed = {
    id: 'track',
    columns: [
      { name: 'name', type: 'text' },
      { name: 'length', type: 'integer' },
      { name: 'state', type: 'text', options: ['new', 'old'] },
    ],
    relations: [{ name: 'album', table: 'album' }],
  };
  const withFilter = (filter: unknown, text: string): Record<string, string> =>
    saveApp(
      appOf([
        screenWith({
          cmp_t: component('tracks', { type: 'core/table', settings: { data: { ...data, filter } } }),
          cmp_x: component('words', { type: 'core/text', settings: { text } }),
        }),
      ]),
    ) as Record<string, string>;
  const compared = (column: string, operator: string, value: unknown) => ({ column, operator, value });
  const found = (filter: unknown, text = 'Hello') => check(withFilter(filter, text), { ds_a: [typed, album] });

  expect(found(undefined, '{{ components.tracks.selectedRow?.name }}')).toEqual([]);
  expect(found(undefined, '{{ components.tracks.selectedRow?.album }}')).toEqual([]);
  expect(found(undefined, '{{ components.tracks.selectedRow?.nmae }}')).toEqual([
    expect.stringMatching(/\/settings\/text reference\.column$/),
  ]);
  // Without the tables nobody can say.
  expect(check(withFilter(undefined, '{{ components.tracks.selectedRow?.nmae }}'))).toEqual([]);

  for (const fine of [7, '7', null, '{{ user.id }}']) expect(found(compared('length', 'less', fine))).toEqual([]);
  expect(found(compared('state', 'oneOf', ['new', 'old']))).toEqual([]);
  expect(found(compared('state', 'contains', 'ne'))).toEqual([]);
  for (const wrong of [
    compared('length', 'less', 'long'),
    compared('state', 'equal', 'newish'),
    compared('state', 'oneOf', ['new', 'newish']),
  ])
    expect(found(wrong)).toEqual([expect.stringMatching(/\/filter\/value value\.misfit$/)]);
});

test('further checks are told with the places of their files', () => {
  const also = () => [{ severity: 'error' as const, code: 'x.y', path: '/app/home', message: 'No.', hint: 'Yes.' }];
  expect(checkFiles(files, { catalog: sampleCatalog, also }).map(({ path, code }) => `${path} ${code}`)).toContain(
    'app.json#/home x.y',
  );
});
