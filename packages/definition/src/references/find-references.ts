import type { App } from '../app.ts';
import { compileComponent, compileScreen } from '../compile/compile-screen.ts';
import { pointer } from '../json-pointer.ts';
import type { AccessRule } from '../kinds/common.ts';
import { nestedSteps } from '../kinds/flow-step.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { walkObjects } from '../walk-settings.ts';
import { bindingReferences, nameTable, type NameTable } from './binding-references.ts';
import { visitEventActions } from './event-action-visits.ts';
import type { Place, Reference, ReferenceTarget } from './reference.ts';
import { settingsReferences, type SettingReference } from './settings-references.ts';

/** Who uses what in an app: by id in settings, by name in expressions, and in rules, navigation and queries. */
export function findReferences(app: App, catalog: ExtensionCatalog): readonly Reference[] {
  return [
    ...appReferences(app),
    ...Object.values(app.screens).flatMap((screen) => screenReferences(app, screen, catalog)),
    ...Object.values(app.queries).flatMap((query) => {
      const place = { query: query.id };
      const path = `/queries/${query.id}`;
      return [
        reference({ ...place, path: `${path}/dataSource` }, { kind: 'dataSource', id: query.dataSource }),
        ...ruleReferences(query.access, { ...place, path: `${path}/access` }),
      ];
    }),
    ...Object.values(app.flows).flatMap((flow) =>
      flowReferences(flow.steps, { flow: flow.id, path: `/flows/${flow.id}/steps` }),
    ),
  ];
}

/** The places that use one thing. */
export function usesOf(app: App, catalog: ExtensionCatalog, target: ReferenceTarget): readonly Reference[] {
  return findReferences(app, catalog).filter(
    ({ to }) =>
      to.kind === target.kind && to.id === target.id && (target.screen === undefined || to.screen === target.screen),
  );
}

function reference(from: Place, to: ReferenceTarget, by: Reference['by'] = 'id'): Reference {
  return { from, to, by };
}

function appReferences(app: App): readonly Reference[] {
  const { home, navigation } = app.app;
  const { access } = app;
  return [
    ...(home === undefined ? [] : [reference({ path: '/app/home' }, { kind: 'screen', id: home })]),
    ...navigation.items.flatMap(({ screen }, index) =>
      screen === undefined
        ? []
        : [reference({ path: `/app/navigation/items/${index}/screen` }, { kind: 'screen', id: screen })],
    ),
    ...ruleReferences(access.defaultScreen, { path: '/access/defaultScreen' }),
    ...(access.memberRole === 'none'
      ? []
      : [reference({ path: '/access/memberRole' }, { kind: 'role', id: access.memberRole })]),
    ...access.roles.flatMap(({ inherits }, index) =>
      inherits.map((id, place) =>
        reference({ path: `/access/roles/${index}/inherits/${place}` }, { kind: 'role', id }),
      ),
    ),
    ...Object.entries(access.tables ?? {}).flatMap(([table, rules]) => {
      const path = pointer('/access/tables', table);
      return [
        reference({ path }, { kind: 'table', id: table }),
        reference({ path }, { kind: 'dataSource', id: table.split('/')[0] ?? '' }),
        ...Object.entries(rules).flatMap(([verb, rule]) => ruleReferences(rule, { path: `${path}/${verb}` })),
      ];
    }),
  ];
}

function ruleReferences(rule: AccessRule | undefined, place: Place): readonly Reference[] {
  return (rule?.roles ?? []).map((id, index) =>
    reference({ ...place, path: `${place.path}/roles/${index}` }, { kind: 'role', id }),
  );
}

function screenReferences(app: App, screen: Screen, catalog: ExtensionCatalog): readonly Reference[] {
  const names = nameTable(app, screen);
  const place = { screen: screen.id, path: `/screens/${screen.id}` };
  return [
    ...ruleReferences(screen.access, { ...place, path: `${place.path}/access` }),
    ...eventReferences(screen, catalog, { ...place, path: `${place.path}/events` }),
    ...placed(bindingReferences(compileScreen(screen).bindings, names), place, 'binding'),
    ...Object.entries(screen.components).flatMap(([id, component]) =>
      componentReferences(component, catalog, {
        names,
        place: { screen: screen.id, component: id, path: `${place.path}/components/${id}` },
      }),
    ),
  ];
}

function componentReferences(
  component: Component,
  catalog: ExtensionCatalog,
  context: {
    readonly names: NameTable;
    readonly place: Place & { readonly screen: string; readonly component: string };
  },
): readonly Reference[] {
  const { names, place } = context;
  const { bindings } = compileComponent(place.component, component);
  const settings = settingsReferences(component.settings, catalog.component(component.type)?.uses, place.screen);
  return [
    ...placed(settings, { ...place, path: `${place.path}/settings` }, 'id'),
    ...eventReferences({ id: place.screen, events: component.events }, catalog, {
      ...place,
      path: `${place.path}/events`,
    }),
    ...placed(bindingReferences(bindings, names), place, 'binding'),
    ...ruleReferences(component.access, { ...place, path: `${place.path}/access` }),
  ];
}

function eventReferences(
  holder: { readonly id: string; readonly events?: Screen['events'] | undefined },
  catalog: ExtensionCatalog,
  place: Place,
): readonly Reference[] {
  const references: Reference[] = [];
  visitEventActions(holder.events, place.path, (action, path) => {
    const found = settingsReferences(action.settings, catalog.eventAction(action.type)?.uses, holder.id);
    references.push(...placed(found, { ...place, path: `${path}/settings` }, 'id'));
  });
  return references;
}

function placed(found: readonly SettingReference[], place: Place, by: Reference['by']): readonly Reference[] {
  return found.map(({ path, to }) => reference({ ...place, path: `${place.path}${path}` }, to, by));
}

function flowReferences(steps: unknown, place: Place): readonly Reference[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) => {
    if (typeof step !== 'object' || step === null) return [];
    const record = step as Readonly<Record<string, unknown>>;
    const path = `${place.path}/${index}`;
    const own: Reference[] = [];
    const here = typeof record['id'] === 'string' ? { ...place, step: record['id'] } : place;
    if (record['kind'] === 'subFlow')
      own.push(reference({ ...here, path: `${path}/flow` }, { kind: 'flow', id: String(record['flow']) }));
    walkObjects(record['settings'], `${path}/settings`, (object, where) => {
      const { query, dataSource, table } = object;
      if (typeof query === 'string')
        own.push(reference({ ...here, path: `${where}/query` }, { kind: 'query', id: query }));
      if (typeof dataSource !== 'string') return;
      own.push(reference({ ...here, path: `${where}/dataSource` }, { kind: 'dataSource', id: dataSource }));
      if (typeof table === 'string')
        own.push(reference({ ...here, path: `${where}/table` }, { kind: 'table', id: `${dataSource}/${table}` }));
    });
    return [
      ...own,
      ...nestedSteps(record).flatMap((nested) =>
        flowReferences(nested.steps, { ...place, path: `${path}${nested.path}` }),
      ),
    ];
  });
}
