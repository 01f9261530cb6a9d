import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkTemplate, loadTemplate } from '@fettle/template';
import { readTemplateFolder } from '@fettle/template/folder';
import { builtInCatalog } from './built-in-extensions.ts';

const folder = fileURLToPath(new URL('../fixtures/templates/equipment-loans', import.meta.url));
const files = await readTemplateFolder(folder);

/** The problems of the fixture with a file changed. */
function problemsWith(path: string, change: (text: string) => string): readonly string[] {
  const changed = { ...files, [path]: change(files[path] ?? '') };
  const loaded = loadTemplate(changed, { catalog: builtInCatalog });
  const problems = loaded.ok ? checkTemplate(loaded.value, builtInCatalog) : loaded.error;
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

/** Puts a value at a place; undefined removes what is there. */
const put =
  (place: readonly (string | number)[], value: unknown) =>
  (text: string): string => {
    const document = JSON.parse(text) as Record<string | number, unknown>;
    const [last = '', ...above] = place.toReversed();
    const holder = above.toReversed().reduce((found, key) => found[key] as Record<string | number, unknown>, document);
    holder[last] = value;
    return JSON.stringify(document);
  };

const faults: readonly (readonly [file: string, change: (text: string) => string, expected: string])[] = [
  ['template.json', put(['category'], 'Gardening'), 'template.json#/category'],
  ['template.json', put(['summary'], 'x'.repeat(121)), 'template.json#/summary'],
  [
    'template.json',
    put(['screenshots', 0, 'screen'], 'nowhere'),
    'template.json#/screenshots/0/screen: The app has no screen',
  ],
  ['template.json', () => '{', 'template.json: This is not JSON'],
  [
    'tables.json',
    put(['tables', 1, 'fields', 6, 'target'], 'nothing'),
    'tables.json#/tables/1/fields/6/target: There is no table "nothing".',
  ],
  [
    'tables.json',
    put(['tables', 0, 'fields', 1, 'name'], 'Name'),
    'tables.json#/tables/0/fields/1/name: There is already a column',
  ],
  [
    'rows/items.json',
    put([0, 'state'], 'Broken'),
    'rows/items.json#/0/state: "Broken" is no option. There is: Free, Lent, Lost.',
  ],
  ['rows/items.json', put([1, 'colour'], 'red'), 'rows/items.json#/1/colour: The table "items" has no column'],
  ['rows/items.json', put([1, 'name'], undefined), 'rows/items.json#/1/name: "name" is required.'],
  ['rows/items.json', put([2, '$key'], 'camera'), 'rows/items.json#/2/$key: The key of a row'],
  [
    'rows/items.json',
    put([0, 'bought_on'], { $time: '-3h' }),
    'rows/items.json#/0/bought_on: A column of type date does not take',
  ],
  [
    'rows/loans.json',
    put([0, 'person_id'], { $row: 'nobody' }),
    'rows/loans.json#/0/person_id: rows/people.json has no row',
  ],
  ['rows/loans.json', put([0, 'taken_at'], { $time: 'yesterday' }), 'rows/loans.json#/0/taken_at: Write {'],
  [
    'rows/loans.json',
    put([0, 'noted_at'], '2030-01-01T00:00:00Z'),
    'rows/loans.json#/0/noted_at: "noted_at" is filled by itself',
  ],
  ['app/app.json', (text) => JSON.stringify(JSON.parse(text)), 'app/app.json: This is not how the file is written.'],
  [
    'app/access.json',
    (text) => text.replaceAll('ds_internal/loans', 'ds_internal/borrowed'),
    'app/access.json#/tables/ds_internal~1borrowed: The data source has no table',
  ],
];

describe('a template', () => {
  it('is read whole from its folder, and nothing is wrong with it', () => {
    const loaded = loadTemplate(files, { catalog: builtInCatalog });
    expect(loaded.ok && loaded.value.tables.map(({ name }) => name)).toEqual(['people', 'items', 'loans']);
    expect(loaded.ok && loaded.value.rows['loans']).toHaveLength(2);
    expect(files['app/app.json']).toBe(readFileSync(`${folder}/app/app.json`, 'utf8'));
    expect(loaded.ok && checkTemplate(loaded.value, builtInCatalog)).toEqual([]);
  });

  it.each(faults)('says what is wrong in %s', (path, change, expected) => {
    expect(problemsWith(path, change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });
});
