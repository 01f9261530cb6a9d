import { isJsonObject } from '@fettle/base';
import { filterColumns, parseFilter } from '@fettle/access';
import { valueAt } from '../json-pointer.ts';
import { tableReference } from '../kinds/data-setting.ts';
import { findSettings } from '../setting-paths.ts';
import { walkObjects } from '../walk-settings.ts';
import type { ExtensionUses } from '../uses.ts';
import type { ReferenceTarget } from './reference.ts';

/** A reference found in settings; `path` is a JSON pointer below them. */
export interface SettingReference {
  readonly path: string;
  readonly to: ReferenceTarget;
}

/** Everything that settings refer to by id, by the `uses` of the extension. Bound texts refer to nothing by id. */
export function settingsReferences(
  settings: Readonly<Record<string, unknown>>,
  uses: ExtensionUses | undefined,
  screen: string,
): readonly SettingReference[] {
  if (uses === undefined) return [];
  return [
    ...idReferences(settings, uses.queries, (id) => ({ kind: 'query', id })),
    ...idReferences(settings, uses.screens, (id) => ({ kind: 'screen', id })),
    ...idReferences(settings, uses.components, (id) => ({ kind: 'component', id, screen })),
    ...idReferences(settings, uses.flows, (id) => ({ kind: 'flow', id })),
    ...idReferences(settings, uses.states, (id) => ({ kind: 'state', id })),
    ...tableReferences(settings, uses),
  ];
}

function idReferences(
  settings: Readonly<Record<string, unknown>>,
  paths: readonly string[] | undefined,
  target: (id: string) => ReferenceTarget,
): readonly SettingReference[] {
  return (paths ?? []).flatMap((settingPath) =>
    findSettings(settings, settingPath).flatMap(({ value, path }) =>
      isId(value) ? [{ path, to: target(value) }] : [],
    ),
  );
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('{{');
}

function tableReferences(
  settings: Readonly<Record<string, unknown>>,
  uses: ExtensionUses,
): readonly SettingReference[] {
  const found = new Map<string, SettingReference>();
  const add = (reference: SettingReference): void => {
    found.set(`${reference.path} ${reference.to.kind} ${reference.to.id}`, reference);
  };
  for (const use of uses.tables ?? []) {
    for (const { value, path } of findSettings(settings, use.setting)) {
      if (!isJsonObject(value)) continue;
      if (value['kind'] === 'query' && isId(value['query']))
        add({ path: `${path}/query`, to: { kind: 'query', id: value['query'] } });
      const { dataSource, table } = value;
      if (!isId(dataSource) || !isId(table)) continue;
      const reference = tableReference(dataSource, table);
      add({ path: `${path}/dataSource`, to: { kind: 'dataSource', id: dataSource } });
      add({ path: `${path}/table`, to: { kind: 'table', id: reference } });
      const column = (name: string): ReferenceTarget => ({ kind: 'column', id: `${reference}/${name}` });
      for (const columnPath of use.columns ?? []) {
        const { holder, start, rest } = besideSetting(settings, { setting: use.setting, found: path }, columnPath);
        idReferences(holder, [rest], column).forEach((one) => add({ ...one, path: `${start}${one.path}` }));
      }
      for (const namedPath of use.related ?? []) {
        const { holder, start, rest } = besideSetting(settings, { setting: use.setting, found: path }, namedPath);
        for (const named of findSettings(holder, rest)) {
          placesOfColumns(named.value, `${start}${named.path}`).forEach((one) =>
            add({ path: one.path, to: column(one.name) }),
          );
        }
      }
      dataColumns(value, path).forEach(({ name, path: place }) => add({ path: place, to: column(name) }));
    }
  }
  return [...found.values()];
}

/**
 * Where the columns of one table setting are looked for. A setting in a list (`fields/*\/relation`) has its columns in the
 * same item (`fields/*\/relation/label`): those of other items belong to other tables.
 */
export function besideSetting(
  settings: Readonly<Record<string, unknown>>,
  table: { readonly setting: string; readonly found: string },
  columnPath: string,
): { readonly holder: Readonly<Record<string, unknown>>; readonly start: string; readonly rest: string } {
  const [own, other] = [table.setting.split('/'), columnPath.split('/')];
  let shared = 0;
  for (let index = 0; index < own.length && own[index] === other[index]; index += 1) {
    if (own[index] === '*') shared = index + 1;
  }
  const start = table.found
    .split('/')
    .slice(0, shared + 1)
    .join('/');
  const holder = shared === 0 ? settings : valueAt(settings, start);
  if (shared === 0 || shared === other.length || !isJsonObject(holder))
    return { holder: settings, start: '', rest: columnPath };
  return { holder, start, rest: other.slice(shared).join('/') };
}

interface NamedColumn {
  readonly name: string;
  readonly path: string;
}

/** The columns that a filter, a list or a text names. */
function placesOfColumns(value: unknown, path: string): readonly NamedColumn[] {
  if (isId(value)) return [{ name: value, path }];
  if (Array.isArray(value)) return value.flatMap((one, index) => placesOfColumns(one, `${path}/${index}`));
  return isJsonObject(value) ? filteredColumns(value, path) : [];
}

/** The columns that a filter compares, each where it first stands. */
function filteredColumns(given: unknown, path: string): readonly NamedColumn[] {
  const filter = given === undefined ? undefined : parseFilter(given);
  if (filter?.ok !== true) return [];
  const places = new Map<string, string>();
  walkObjects(given, path, ({ column }, where) => {
    if (typeof column === 'string' && !places.has(column)) places.set(column, `${where}/column`);
  });
  return filterColumns(filter.value).map((name) => ({ name, path: places.get(name) ?? path }));
}

function dataColumns(data: Readonly<Record<string, unknown>>, path: string): readonly NamedColumn[] {
  return [
    ...filteredColumns(data['filter'], `${path}/filter`),
    ...findSettings(data, 'sort/*/column').flatMap(({ value, path: place }) =>
      isId(value) ? [{ name: value, path: `${path}${place}` }] : [],
    ),
  ];
}
