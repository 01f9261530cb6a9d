import { nameFromLabel, uniqueName } from '@fettle/base';
import type { Component, ComponentLayout, EventAction, Screen } from '@fettle/definition';
import type { IdMaker } from './ids.ts';

/** A component while a screen is put together: a tree, made flat at the end. */
export interface Node {
  readonly type: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly slots?: Readonly<Record<string, readonly Node[]>>;
  readonly events?: Readonly<Record<string, readonly EventAction[]>>;
  readonly layout?: ComponentLayout;
  readonly visible?: string;
}

/** A screen while it is put together. */
export interface ScreenDraft {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly route: string;
  readonly icon?: string;
  readonly width?: 'narrow' | 'normal' | 'full';
  readonly children: readonly Node[];
}

/** Children one under the other, or side by side. */
export function stack(
  name: string,
  children: readonly Node[],
  settings: Readonly<Record<string, unknown>> = {},
  layout?: ComponentLayout,
): Node {
  return { type: 'core/stack', name, settings, slots: { children }, ...(layout === undefined ? {} : { layout }) };
}

/** Children in twelve columns. */
export function grid(name: string, children: readonly Node[], settings: Readonly<Record<string, unknown>> = {}): Node {
  return { type: 'core/grid', name, settings, slots: { children } };
}

/** Children in a card with a title. */
export function card(name: string, title: string, children: readonly Node[], layout?: ComponentLayout): Node {
  return {
    type: 'core/card',
    name,
    settings: { title, layout: 'stack' },
    slots: { body: children },
    ...(layout === undefined ? {} : { layout }),
  };
}

/** The title of a screen with its buttons on the same line. */
export function pageHead(heading: Readonly<Record<string, unknown>>, buttons: readonly Node[]): Node {
  const title: Node = {
    type: 'core/heading',
    name: 'pageTitle',
    settings: { level: '1', ...heading },
    layout: { grow: true },
  };
  return stack(
    'pageHead',
    [title, ...(buttons.length === 0 ? [] : [stack('pageActions', buttons, { direction: 'row', gap: 'small' })])],
    {
      direction: 'row',
      justify: 'between',
      align: 'center',
    },
  );
}

/** Makes the screen: components as a flat map in reading order, names unique. */
export function finishScreen(draft: ScreenDraft, ids: IdMaker): Screen {
  const components: Record<string, Component> = {};
  const names = new Set<string>();
  const place = (node: Node): string => {
    const id = ids('cmp');
    const name = uniqueName(nameFromLabel(node.name, 'component'), (candidate) => names.has(candidate));
    names.add(name);
    // Its place is taken before its children's, so that the map reads like the screen.
    components[id] = { type: node.type, name, settings: {} };
    const slots = Object.entries(node.slots ?? {}).map(([slot, children]) => [slot, children.map(place)] as const);
    components[id] = {
      type: node.type,
      name,
      settings: { ...node.settings },
      ...(node.events === undefined
        ? {}
        : { events: Object.fromEntries(Object.entries(node.events).map(([event, actions]) => [event, [...actions]])) }),
      ...(node.layout === undefined ? {} : { layout: node.layout }),
      ...(node.visible === undefined ? {} : { visible: node.visible }),
      ...(slots.length === 0 ? {} : { slots: Object.fromEntries(slots) }),
    };
    return id;
  };
  const root = place(stack('root', draft.children, { gap: 'large' }));
  const { children: _children, ...screen } = draft;
  // A screen with a page head says its title there; twice would be noise.
  return { ...screen, ...(names.has('pageTitle') ? { hasTitle: false } : {}), root, components };
}
