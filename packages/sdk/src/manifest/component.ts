import type { ComponentLayout, ExtensionUses } from '@fettle/definition';
import type { TSchema } from 'typebox';
import type { Manifest, SettingsSchema } from './manifest.ts';

/** A named place in a component that holds children. */
export interface SlotDescription {
  readonly name: string;
  readonly title: string;
  /** How children are laid out: one under the other, or in 12 columns. */
  readonly layout: 'stack' | 'grid';
  /** Component types it takes; all when absent. */
  readonly accepts?: readonly string[];
  /** Names that expressions of the children can use besides the usual ones, e.g. `item` and `index`. */
  readonly scope?: Readonly<Record<string, TSchema>>;
}

/** Something that happens in a component and can start event actions. */
export interface EventDescription {
  readonly name: string;
  readonly title: string;
  /** What `event` holds in the actions' expressions. */
  readonly payload?: TSchema;
}

/** Something a component can be told to do: `core/call-component` and other components use it. */
export interface MethodDescription {
  readonly name: string;
  readonly title: string;
}

/** A component type. */
export interface ComponentManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'component', S> {
  readonly slots: readonly SlotDescription[];
  /**
   * Name of a setting that is a list of items with an `id`: each id names one more slot (`stack` layout), titled by
   * the item's `label`. For components whose builder decides how many slots there are, such as tabs.
   */
  readonly slotsFrom?: string;
  readonly events: readonly EventDescription[];
  /** What `components.<name>` offers to expressions. */
  readonly exposes: Readonly<Record<string, TSchema>>;
  readonly methods: readonly MethodDescription[];
  readonly uses?: ExtensionUses;
  /** Layout of a new component. */
  readonly defaultLayout?: ComponentLayout;
  /**
   * The place it takes before its code is there: so many pixels, or what the named setting says. Components of plugins
   * are never rendered by the server; it leaves a place of this height for them.
   */
  readonly placeholder?: { readonly height: number; readonly setting?: string };
  /** Holds a value under a name inside a form. */
  readonly isInput?: boolean;
  /** Floats above the screen (modal, drawer): shown in the tree, opened on the canvas when selected. */
  readonly isOverlay?: boolean;
  /** Where new children of a fresh component come from: slot → children as data, for a useful first look. */
  readonly starter?: Readonly<Record<string, readonly StarterComponent[]>>;
}

/** A child that comes along with a new component. */
export interface StarterComponent {
  readonly type: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly layout?: ComponentLayout;
  readonly slots?: Readonly<Record<string, readonly StarterComponent[]>>;
}

/** Declares a component type. */
export function defineComponent<S extends SettingsSchema>(
  manifest: Omit<ComponentManifest<S>, 'kind' | 'slots' | 'events' | 'exposes' | 'methods'> &
    Partial<Pick<ComponentManifest<S>, 'slots' | 'events' | 'exposes' | 'methods'>>,
): ComponentManifest<S> {
  return { kind: 'component', slots: [], events: [], exposes: {}, methods: [], ...manifest };
}
