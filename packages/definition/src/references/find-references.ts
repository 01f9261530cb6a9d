import { isJsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { compileComponent, compileScreen } from '../compile/compile-screen.ts';
import { pointer } from '../json-pointer.ts';
import type { AccessRule } from '../kinds/common.ts';
import type { Flow } from '../kinds/flow.ts';
import { nestedSteps } from '../kinds/flow-step.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import type { ExtensionCatalog, ExtensionDescription, ExtensionUses } from '../uses.ts';
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
    ...Object.values(app.flows).flatMap((flow) => flowReferences(flow, catalog)),
    ...Object.values(app.flowTests).map(({ id, flow }) =>
      reference({ flow, flowTest: id, path: `/flowTests/${id}/flow` }, { kind: 'flow', id: flow }),
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

function flowReferences(flow: Flow, catalog: ExtensionCatalog): readonly Reference[] {
  const path = `/flows/${flow.id}`;
  const place = { flow: flow.id, path };
  const { type, settings } = flow.trigger;
  return [
    ...ruleReferences(flow.access, { ...place, path: `${path}/access` }),
    ...flowSettingsReferences(settings, catalog.flowTrigger?.(type), {
      ...place,
      path: `${path}/trigger/settings`,
    }),
    ...stepReferences(flow.steps, catalog, { ...place, path: `${path}/steps` }),
  ];
}

function stepReferences(steps: unknown, catalog: ExtensionCatalog, place: Place): readonly Reference[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) => {
    if (!isJsonObject(step)) return [];
    const path = `${place.path}/${index}`;
    const here = typeof step['id'] === 'string' ? { ...place, step: step['id'] } : place;
    const action = typeof step['type'] === 'string' ? catalog.flowAction?.(step['type']) : undefined;
    return [
      ...(step['kind'] === 'subFlow'
        ? [reference({ ...here, path: `${path}/flow` }, { kind: 'flow', id: String(step['flow']) })]
        : []),
      ...flowSettingsReferences(step['settings'], action, { ...here, path: `${path}/settings` }),
      ...(isJsonObject(step['rows'])
        ? placed(settingsReferences({ rows: step['rows'] }, loopUses, ''), { ...here, path }, 'id')
        : []),
      ...nestedSteps(step).flatMap((nested) =>
        stepReferences(nested.steps, catalog, { ...place, path: `${path}${nested.path}` }),
      ),
    ];
  });
}

/** A loop over the rows of a table. */
const loopUses: ExtensionUses = {
  tables: [{ setting: 'rows', actions: ['view'], columns: ['rows/columns/*'] }],
};

/**
 * What settings of a flow refer to, by the `uses` of their extension. Of a type that is not installed, tables and queries
 * are found by how they are written, so that they are not lost from sight.
 */
function flowSettingsReferences(
  settings: unknown,
  extension: ExtensionDescription | undefined,
  place: Place,
): readonly Reference[] {
  if (!isJsonObject(settings)) return [];
  if (extension !== undefined) return placed(settingsReferences(settings, extension.uses, ''), place, 'id');
  const found: Reference[] = [];
  walkObjects(settings, place.path, (object, where) => {
    const { query, dataSource, table } = object;
    const add = (key: string, to: ReferenceTarget): void => {
      found.push(reference({ ...place, path: `${where}/${key}` }, to));
    };
    if (isFixed(query)) add('query', { kind: 'query', id: query });
    if (!isFixed(dataSource)) return;
    add('dataSource', { kind: 'dataSource', id: dataSource });
    if (isFixed(table)) add('table', { kind: 'table', id: `${dataSource}/${table}` });
  });
  return found;
}

function isFixed(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('{{');
}
