import { jsonEquals } from '@fettle/base';
import type { AppChange } from '@fettle/contract';
import type { App, Component, Screen } from '@fettle/definition';
import { describeDifferences } from './describe-differences.ts';

/**
 * What a person would say had changed from one version of an app to another: screens, components, queries, flows,
 * theme, access, navigation, each with its details in words.
 */
export function compareApps(before: App, after: App): AppChange[] {
  return [
    ...compareAppDocuments(before, after),
    ...compareScreens(before, after),
    ...compareLists('query', before.queries, after.queries),
    ...compareLists('flow', before.flows, after.flows),
    ...compareLists('flow test', before.flowTests, after.flowTests),
    ...changed('access', 'Access', describeDifferences(before.access, after.access)),
    ...changed('theme', 'Theme', describeDifferences(before.theme, after.theme)),
  ];
}

/** Everything in an app as additions: what a first release brings. */
export function describeNewApp(app: App): AppChange[] {
  const added = (subject: string, name: string): AppChange => ({ kind: 'added', subject, name, details: [] });
  return [
    ...Object.values(app.screens).map((screen) => added('screen', screen.name)),
    ...Object.values(app.queries).map((query) => added('query', query.name)),
    ...Object.values(app.flows).map((flow) => added('flow', flow.name)),
    ...Object.values(app.flowTests).map((test) => added('flow test', test.name)),
  ];
}

function compareAppDocuments(before: App, after: App): AppChange[] {
  const { navigation: oldNavigation, ...oldApp } = before.app;
  const { navigation, ...app } = after.app;
  return [
    ...changed('app', after.app.name, describeDifferences(oldApp, app)),
    ...changed('navigation', 'Navigation', describeDifferences(oldNavigation, navigation)),
  ];
}

function compareScreens(before: App, after: App): AppChange[] {
  const changes: AppChange[] = [];
  for (const id of unionOfKeys(before.screens, after.screens)) {
    const old = before.screens[id];
    const now = after.screens[id];
    if (old === undefined && now !== undefined)
      changes.push({ kind: 'added', subject: 'screen', name: now.name, details: [countOf(now)] });
    else if (now === undefined && old !== undefined)
      changes.push({ kind: 'removed', subject: 'screen', name: old.name, details: [countOf(old)] });
    else if (old !== undefined && now !== undefined && old !== now) changes.push(...compareScreen(old, now));
  }
  return changes;
}

function countOf(screen: Screen): string {
  const count = Object.keys(screen.components).length;
  return `${count} component${count === 1 ? '' : 's'}`;
}

function compareScreen(before: Screen, after: Screen): AppChange[] {
  const { components: oldComponents, ...old } = before;
  const { components, ...now } = after;
  const changes = changed('screen', after.name, describeDifferences(old, now), after.name);
  for (const id of unionOfKeys(oldComponents, components)) {
    const change = compareComponent(oldComponents[id], components[id], { before, after });
    if (change !== undefined) changes.push({ ...change, screen: after.name });
  }
  return changes;
}

function compareComponent(
  old: Component | undefined,
  now: Component | undefined,
  screens: { readonly before: Screen; readonly after: Screen },
): AppChange | undefined {
  if (old === undefined)
    return now === undefined ? undefined : { kind: 'added', subject: 'component', name: now.name, details: [now.type] };
  if (now === undefined) return { kind: 'removed', subject: 'component', name: old.name, details: [old.type] };
  if (old === now) return undefined;
  const { slots: oldSlots, ...oldRest } = old;
  const { slots, ...rest } = now;
  const details = [...describeDifferences(oldRest, rest), ...describeOrder(oldSlots, slots, screens)];
  return details.length === 0 ? undefined : { kind: 'changed', subject: 'component', name: now.name, details };
}

/** Children that came, went or moved, by name. Additions and removals of components are told by themselves. */
function describeOrder(
  before: Component['slots'],
  after: Component['slots'],
  screens: { readonly before: Screen; readonly after: Screen },
): string[] {
  const details: string[] = [];
  for (const slot of unionOfKeys(before ?? {}, after ?? {})) {
    const isKept = (id: string): boolean =>
      screens.before.components[id] !== undefined && screens.after.components[id] !== undefined;
    const old = (before?.[slot] ?? []).filter(isKept);
    const now = (after?.[slot] ?? []).filter(isKept);
    if (jsonEquals(old, now)) continue;
    const nameOf = (id: string): string => screens.after.components[id]?.name ?? id;
    const arrived = now.filter((id) => !old.includes(id)).map(nameOf);
    const left = old.filter((id) => !now.includes(id)).map(nameOf);
    if (arrived.length > 0) details.push(`${slot}: moved in ${arrived.join(', ')}`);
    if (left.length > 0) details.push(`${slot}: moved out ${left.join(', ')}`);
    if (arrived.length === 0 && left.length === 0) details.push(`${slot}: new order ${now.map(nameOf).join(', ')}`);
  }
  return details.map((detail) => detail.slice(0, 500));
}

function compareLists(
  subject: string,
  before: Readonly<Record<string, { readonly name: string }>>,
  after: Readonly<Record<string, { readonly name: string }>>,
): AppChange[] {
  return unionOfKeys(before, after).flatMap((id): AppChange[] => {
    const old = before[id];
    const now = after[id];
    if (old === undefined) return now === undefined ? [] : [{ kind: 'added', subject, name: now.name, details: [] }];
    if (now === undefined) return [{ kind: 'removed', subject, name: old.name, details: [] }];
    return changed(subject, now.name, describeDifferences(old, now));
  });
}

function changed(subject: string, name: string, details: readonly string[], screen?: string): AppChange[] {
  if (details.length === 0) return [];
  return [{ kind: 'changed', subject, name, details: [...details], ...(screen === undefined ? {} : { screen }) }];
}

function unionOfKeys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}
