import type { KnownNames } from '@fettle/expression';
import type { App } from '../app.ts';
import { compileComponent, compileScreen } from '../compile/compile-screen.ts';
import type { EventAction } from '../kinds/event-action.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import { visitEventActions } from '../references/event-action-visits.ts';
import type { Place } from '../references/reference.ts';
import type { ExtensionCatalog, ExtensionDescription } from '../uses.ts';
import type { AppProblem } from './app-problem.ts';
import { bindingProblems } from './binding-problems.ts';
import { boundConditions } from './bound-conditions.ts';
import { eventNames } from './event-names.ts';
import { screenKnownNames, slotNames } from './known-names.ts';
import { settingProblems, type SettingProblem } from './setting-problems.ts';
import { deferredNames } from './setting-schema.ts';

/** What checking needs to know besides the app. */
export interface CheckOptions {
  readonly catalog: ExtensionCatalog;
  /** Further names that expressions may use, on top of the usual ones. */
  readonly knownNames?: KnownNames;
}

/** Problems of one screen: bindings, settings, types and slots. */
export function checkScreen(app: App, screen: Screen, options: CheckOptions): readonly AppProblem[] {
  const { catalog, knownNames } = options;
  const names = screenKnownNames(app, screen, { catalog, ...(knownNames === undefined ? {} : { extra: knownNames }) });
  const slots = slotNames(screen, catalog);
  const place = { screen: screen.id, path: `/screens/${screen.id}` };
  const { bindings, problems = {} } = compileScreen(screen);
  return [
    ...bindingProblems({
      holder: screen,
      bindings,
      problems,
      place,
      namesAt: (path) => ({ ...names, ...eventNames(path) }),
      functions: catalog.functions,
    }),
    ...actionProblems(screen.events, catalog, { ...place, path: `${place.path}/events` }),
    ...Object.entries(screen.components).flatMap(([id, component]) =>
      checkComponent({
        id,
        component,
        catalog,
        place: { screen: screen.id, component: id, path: `${place.path}/components/${id}` },
        names: slots.get(id) === undefined ? undefined : withNames(names, slots.get(id) ?? []),
      }),
    ),
  ];
}

interface ComponentCheck {
  readonly id: string;
  readonly component: Component;
  readonly catalog: ExtensionCatalog;
  readonly place: Place;
  readonly names: KnownNames | undefined;
}

function checkComponent({ id, component, catalog, place, names }: ComponentCheck): readonly AppProblem[] {
  const extension = catalog.component(component.type);
  const { bindings, problems = {} } = compileComponent(id, component);
  const namesAt = (path: string): KnownNames | undefined => {
    // Hints of a type that is not installed are not known, so neither are the names they add.
    if (names === undefined || extension === undefined) return undefined;
    const deferred = path.startsWith('/settings/')
      ? deferredNames(extension.settings, component.settings, path.slice('/settings'.length))
      : [];
    return { ...withNames(names, deferred), ...eventNames(path) };
  };
  return [
    ...(extension === undefined ? [missingType(component, place)] : extensionProblems(component, extension, place)),
    ...actionProblems(component.events, catalog, { ...place, path: `${place.path}/events` }),
    ...bindingProblems({ holder: component, bindings, problems, place, namesAt, functions: catalog.functions }),
  ];
}

function withNames(names: KnownNames, added: readonly string[]): KnownNames {
  return added.length === 0 ? names : { ...names, ...Object.fromEntries(added.map((name) => [name, true as const])) };
}

function missingType(component: Component, place: Place): AppProblem {
  return {
    severity: 'warning',
    code: 'component.type-missing',
    ...place,
    path: `${place.path}/type`,
    message: `"${component.name}" is a ${component.type}, which is not installed. A placeholder is shown in its place.`,
    hint: 'Install the plugin that brings it, or remove the component.',
  };
}

function extensionProblems(component: Component, extension: ExtensionDescription, place: Place): readonly AppProblem[] {
  const settings = { ...place, path: `${place.path}/settings` };
  return [
    ...settingProblems(component.settings, extension.settings).map((problem) => toAppProblem(problem, settings)),
    ...boundConditions(component.settings, extension, settings),
    ...slotProblems(component, extension, place),
  ];
}

function toAppProblem(problem: SettingProblem, place: Place): AppProblem {
  const hints = {
    missing: 'Set it in the settings of the component.',
    invalid: 'Choose another value in the settings.',
    unknown: 'It has no effect. Reset it, or update the plugin that knows it.',
    bound: 'Choose a fixed value.',
  } as const;
  return {
    severity: problem.kind === 'invalid' || problem.kind === 'bound' ? 'error' : 'warning',
    code: `setting.${problem.kind}`,
    ...place,
    path: `${place.path}${problem.path}`,
    message: problem.message,
    hint: hints[problem.kind],
  };
}

function slotProblems(component: Component, extension: ExtensionDescription, place: Place): readonly AppProblem[] {
  if (extension.slots === undefined) return [];
  const list: unknown = extension.slotsFrom === undefined ? undefined : component.settings[extension.slotsFrom];
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const known = new Set([...extension.slots, ...items.map((item) => (item as { readonly id?: string } | null)?.id)]);
  // Without a list of its own the type shows its default one, which is not known here.
  if (extension.slotsFrom !== undefined && !Array.isArray(list)) return [];
  return Object.entries(component.slots ?? {}).flatMap(([slot, children]) =>
    known.has(slot) || children.length === 0
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'component.slot-missing',
            ...place,
            path: `${place.path}/slots/${slot}`,
            message: `"${component.name}" has no place "${slot}"; what is in it is not shown.`,
            hint: 'Move its contents elsewhere.',
          },
        ],
  );
}

function actionProblems(
  events: Readonly<Record<string, readonly EventAction[]>> | undefined,
  catalog: ExtensionCatalog,
  place: Place,
): readonly AppProblem[] {
  const problems: AppProblem[] = [];
  visitEventActions(events, place.path, (action, path) => {
    const extension = catalog.eventAction(action.type);
    if (extension === undefined) {
      problems.push({
        severity: 'error',
        code: 'event-action.type-missing',
        ...place,
        path: `${path}/type`,
        message: `The event action ${action.type} is not installed.`,
        hint: 'Install the plugin that brings it, or remove the action.',
      });
      return;
    }
    const settings = { ...place, path: `${path}/settings` };
    problems.push(
      ...settingProblems(action.settings, extension.settings).map((problem) => toAppProblem(problem, settings)),
    );
  });
  return problems;
}
