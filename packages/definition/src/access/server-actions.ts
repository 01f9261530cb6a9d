import type { Template } from '@fettle/expression';
import type { Bindings } from '../compiled.ts';
import type { EventAction } from '../kinds/event-action.ts';
import { visitEventActions } from '../references/event-action-visits.ts';
import type { ExtensionCatalog } from '../uses.ts';

/** Where an event action stands in an app. Its id is its own among those of one event, however nested. */
export interface EventActionPlace {
  readonly screen: string;
  /** A component of the screen; `screen` for the events of the screen itself, which no component can be called. */
  readonly owner: string;
  readonly event: string;
  readonly action: string;
}

type Events = Readonly<Record<string, readonly EventAction[]>> | undefined;

/** How rights name an event action that runs on the server. */
export function eventActionTarget({ screen, owner, event, action }: EventActionPlace): string {
  return `${screen}/${owner}/${event}/${action}`;
}

/**
 * True for an action whose code is on the server, and for one of a type that is not installed: browsers are told nothing
 * of what these are set to.
 */
export function isOutOfPage(action: EventAction, catalog: ExtensionCatalog): boolean {
  const extension = catalog.eventAction(action.type);
  return extension === undefined || extension.runsOnServer === true;
}

/** Targets of the actions of a component or screen that do not run in the page. */
export function serverActionTargets(
  events: Events,
  place: Pick<EventActionPlace, 'screen' | 'owner'>,
  catalog: ExtensionCatalog,
): readonly string[] {
  return Object.entries(events ?? {}).flatMap(([event, actions]) => {
    const targets: string[] = [];
    visitEventActions({ [event]: actions }, '', (action) => {
      if (isOutOfPage(action, catalog)) targets.push(eventActionTarget({ ...place, event, action: action.id }));
    });
    return targets;
  });
}

/** An event action and where it stands in its owner: the pointers of its bindings begin with `path`. */
export function findEventAction(
  events: Events,
  event: string,
  id: string,
): { readonly action: EventAction; readonly path: string } | undefined {
  if (events === undefined || !Object.hasOwn(events, event)) return undefined;
  let found: { readonly action: EventAction; readonly path: string } | undefined;
  visitEventActions({ [event]: events[event] ?? [] }, '/events', (action, path) => {
    if (action.id === id) found ??= { action, path };
  });
  return found;
}

/** Who has events and bindings: a compiled component or screen. */
interface Owner {
  readonly events?: Events;
  readonly bindings: Bindings;
}

/**
 * The owner as browsers get it: of actions that do not run in the page they keep what is worked out there, the
 * expressions, and nothing that is written around them or beside them.
 */
export function withoutServerSettings<T extends Owner>(owner: T, catalog: ExtensionCatalog): T {
  const paths: string[] = [];
  visitEventActions(owner.events, '/events', (action, path) => {
    if (isOutOfPage(action, catalog)) paths.push(`${path}/settings/`);
  });
  if (paths.length === 0) return owner;
  const bindings = Object.entries(owner.bindings).map(([place, template]) => [
    place,
    paths.some((path) => place.startsWith(path)) ? withoutTexts(template) : template,
  ]);
  const events = Object.entries(owner.events ?? {}).map(([event, actions]) => [
    event,
    actions.map((action) => withoutSettings(action, catalog)),
  ]);
  return { ...owner, events: Object.fromEntries(events), bindings: Object.fromEntries(bindings) };
}

function withoutSettings(action: EventAction, catalog: ExtensionCatalog): EventAction {
  const { onSuccess, onError } = action;
  const below = (list: readonly EventAction[]) => list.map((one) => withoutSettings(one, catalog));
  return {
    ...action,
    ...(isOutOfPage(action, catalog) ? { settings: {} } : {}),
    ...(onSuccess === undefined ? {} : { onSuccess: below(onSuccess) }),
    ...(onError === undefined ? {} : { onError: below(onError) }),
  };
}

function withoutTexts(template: Template): Template {
  if (template.kind !== 'mixed') return template;
  return { kind: 'mixed', parts: template.parts.filter((part) => typeof part !== 'string') };
}
