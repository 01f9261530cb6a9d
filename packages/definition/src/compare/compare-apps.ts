import { jsonEquals } from '@fettle/base';
import type { App } from '../app.ts';
import type { AccessRule } from '../kinds/common.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import { describeDifferences } from './describe-differences.ts';

/** One difference between two versions of an app. */
export interface AppDifference {
  kind: 'added' | 'removed' | 'changed';
  /** What changed: `access`, `screen`, `component`, `query`, `theme` … */
  subject: string;
  name: string;
  /** In words, e.g. `settings label: "Save" → "Save changes"`. */
  details: string[];
  /** Name of the screen that it is on. */
  screen?: string;
}

/**
 * What a person would say had changed from one version of an app to another, with the details in words. Who may do
 * what comes first, wherever it stands; then screens, components, queries, flows, theme and navigation.
 */
export function compareApps(before: App, after: App): AppDifference[] {
  const all = [
    ...changed('access', 'Access', describeDifferences(before.access, after.access)),
    ...compareAppDocuments(before, after),
    ...compareScreens(before, after),
    ...compareLists('query', before.queries, after.queries),
    ...compareLists('flow', before.flows, after.flows),
    ...compareLists('flow test', before.flowTests, after.flowTests),
    ...changed('theme', 'Theme', describeDifferences(before.theme, after.theme)),
  ];
  const isAccess = ({ subject }: AppDifference): boolean => subject === 'access';
  return [...all.filter(isAccess), ...all.filter((difference) => !isAccess(difference))];
}

/** Everything in an app as additions: what a first release brings. */
export function describeNewApp(app: App): AppDifference[] {
  const added = (subject: string, name: string): AppDifference => ({ kind: 'added', subject, name, details: [] });
  return [
    ...Object.values(app.screens).map((screen) => added('screen', screen.name)),
    ...Object.values(app.queries).map((query) => added('query', query.name)),
    ...Object.values(app.flows).map((flow) => added('flow', flow.name)),
    ...Object.values(app.flowTests).map((test) => added('flow test', test.name)),
  ];
}

function compareAppDocuments(before: App, after: App): AppDifference[] {
  const { navigation: oldNavigation, ...oldApp } = before.app;
  const { navigation, ...app } = after.app;
  return [
    ...changed('app', after.app.name, describeDifferences(oldApp, app)),
    ...changed('navigation', 'Navigation', describeDifferences(oldNavigation, navigation)),
  ];
}

function compareScreens(before: App, after: App): AppDifference[] {
  const changes: AppDifference[] = [];
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

function compareScreen(before: Screen, after: Screen): AppDifference[] {
  const { components: oldComponents, access: oldAccess, ...old } = before;
  const { components, access, ...now } = after;
  const changes = [
    ...accessChange(`screen ${after.name}`, oldAccess, access),
    ...changed('screen', after.name, describeDifferences(old, now), after.name),
  ];
  for (const id of unionOfKeys(oldComponents, components)) {
    const found = compareComponent(oldComponents[id], components[id], { before, after });
    changes.push(...found.map((change) => ({ ...change, screen: after.name })));
  }
  return changes;
}

function compareComponent(
  old: Component | undefined,
  now: Component | undefined,
  screens: { readonly before: Screen; readonly after: Screen },
): AppDifference[] {
  if (old === undefined)
    return now === undefined ? [] : [{ kind: 'added', subject: 'component', name: now.name, details: [now.type] }];
  if (now === undefined) return [{ kind: 'removed', subject: 'component', name: old.name, details: [old.type] }];
  if (old === now) return [];
  const { slots: oldSlots, access: oldAccess, ...oldRest } = old;
  const { slots, access, ...rest } = now;
  const details = [...describeDifferences(oldRest, rest), ...describeOrder(oldSlots, slots, screens)];
  return [
    ...accessChange(`component ${now.name}`, oldAccess, access),
    ...(details.length === 0 ? [] : [{ kind: 'changed' as const, subject: 'component', name: now.name, details }]),
  ];
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

interface Named {
  readonly name: string;
  readonly access?: AccessRule;
}

/** A rule of who may, told apart from what else changed about the same thing: it must not be overlooked. */
function accessChange(name: string, before: AccessRule | undefined, after: AccessRule | undefined): AppDifference[] {
  const inWords = (rule: AccessRule | undefined): string =>
    rule === undefined ? 'as its use says' : rule.roles.length === 0 ? 'nobody' : rule.roles.join(', ');
  if (jsonEquals(before, after)) return [];
  return [{ kind: 'changed', subject: 'access', name, details: [`${inWords(before)} → ${inWords(after)}`] }];
}

function compareLists(
  subject: string,
  before: Readonly<Record<string, Named>>,
  after: Readonly<Record<string, Named>>,
): AppDifference[] {
  return unionOfKeys(before, after).flatMap((id): AppDifference[] => {
    const old = before[id];
    const now = after[id];
    if (old === undefined) return now === undefined ? [] : [{ kind: 'added', subject, name: now.name, details: [] }];
    if (now === undefined) return [{ kind: 'removed', subject, name: old.name, details: [] }];
    const { access: oldAccess, ...oldRest } = old;
    const { access, ...rest } = now;
    return [
      ...accessChange(`${subject} ${now.name}`, oldAccess, access),
      ...changed(subject, now.name, describeDifferences(oldRest, rest)),
    ];
  });
}

function changed(subject: string, name: string, details: readonly string[], screen?: string): AppDifference[] {
  if (details.length === 0) return [];
  return [{ kind: 'changed', subject, name, details: [...details], ...(screen === undefined ? {} : { screen }) }];
}

function unionOfKeys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}
