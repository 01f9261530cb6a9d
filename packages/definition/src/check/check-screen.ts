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
import { shapeOfRowsIn, type RowShapes } from './shapes.ts';

/** What checking needs to know besides the app. */
export interface CheckOptions {
  readonly catalog: ExtensionCatalog;
  /** Further names that expressions may use, on top of the usual ones. */
  readonly knownNames?: KnownNames;
  /** What is known of the rows of tables; without it, expressions may ask rows for anything. */
  readonly rows?: RowShapes | undefined;
}

/** Problems of one screen: bindings, settings, types and slots. */
export function checkScreen(app: App, screen: Screen, options: CheckOptions): readonly AppProblem[] {
  const { catalog, knownNames, rows } = options;
  const names = screenKnownNames(app, screen, {
    catalog,
    rows,
    ...(knownNames === undefined ? {} : { extra: knownNames }),
  });
  const slots = slotNames(screen, { catalog, rows });
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
        rows,
        place: { screen: screen.id, component: id, path: `${place.path}/components/${id}` },
        names: slots.get(id) === undefined ? undefined : { ...names, ...slots.get(id) },
      }),
    ),
  ];
}

interface ComponentCheck {
  readonly id: string;
  readonly component: Component;
  readonly catalog: ExtensionCatalog;
  readonly rows: RowShapes | undefined;
  readonly place: Place;
  readonly names: KnownNames | undefined;
}

function checkComponent({ id, component, catalog, rows, place, names }: ComponentCheck): readonly AppProblem[] {
  const extension = catalog.component(component.type);
  const { bindings, problems = {} } = compileComponent(id, component);
  const namesAt = (path: string): KnownNames | undefined => {
    // Hints of a type that is not installed are not known, so neither are the names they add.
    if (names === undefined || extension === undefined) return undefined;
    const deferred = path.startsWith('/settings/')
      ? deferredNames(extension.settings, component.settings, path.slice('/settings'.length))
      : [];
    const { settings } = component;
    return {
      ...names,
      ...Object.fromEntries(deferred.map((name) => [name, shapeOfDeferred(name, settings, rows)])),
      ...eventNames(path, { payloads: extension.payloads, settings, rows }),
    };
  };
  return [
    ...(extension === undefined ? [missingType(component, place)] : extensionProblems(component, extension, place)),
    ...actionProblems(component.events, catalog, { ...place, path: `${place.path}/events` }),
    ...bindingProblems({ holder: component, bindings, problems, place, namesAt, functions: catalog.functions }),
  ];
}

/** What is worked out per row knows the row of the component's data by one of these names. */
const rowNames: ReadonlySet<string> = new Set(['item', 'row']);

function shapeOfDeferred(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  rows: RowShapes | undefined,
): true | KnownNames {
  return rowNames.has(name) ? shapeOfRowsIn(settings['data'], rows) : true;
}

// What is not installed is an error wherever it stands, as with steps, triggers, connectors and functions: who publishes is
// the last to notice before people meet an error in its place or a button that fails, above all where an app comes to
// another server. It costs a release no more than what is broken there anyway: turning the plugin on or removing the part
// is enough, and what is live already stays live, and can be rolled back to, without its plugin.
function missingType(component: Component, place: Place): AppProblem {
  return {
    severity: 'error',
    code: 'component.type-missing',
    ...place,
    path: `${place.path}/type`,
    message: `"${component.name}" is a ${component.type}, which is not installed. People would see an error in its place.`,
    hint: 'Install the plugin that brings it or turn it on, or remove the component.',
  };
}

function extensionProblems(component: Component, extension: ExtensionDescription, place: Place): readonly AppProblem[] {
  const settings = { ...place, path: `${place.path}/settings` };
  return [
    ...settingProblems(component.settings, extension.settings).map((problem) => toAppProblem(problem, settings)),
    ...boundConditions(component.settings, extension, settings),
    ...slotProblems(component, extension, place),
    ...eventProblems(component, extension, place),
  ];
}

/** Events that never come. */
function eventProblems(component: Component, extension: ExtensionDescription, place: Place): readonly AppProblem[] {
  const known = extension.events;
  if (known === undefined) return [];
  return Object.keys(component.events ?? {}).flatMap((event) =>
    known.includes(event)
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'component.event-missing',
            ...place,
            path: `${place.path}/events/${event}`,
            message: `"${component.name}" has no event "${event}": what it should do never happens.`,
            hint: known.length === 0 ? 'It has none.' : `There is: ${known.join(', ')}.`,
          },
        ],
  );
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
        message: `The event action ${action.type} is not installed. What starts it would fail.`,
        hint: 'Install the plugin that brings it or turn it on, or remove the action.',
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
