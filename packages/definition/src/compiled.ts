import type { ParsedLibrary, Template } from '@fettle/expression';
import type { App } from './app.ts';
import type { AppDocument } from './kinds/app.ts';
import type { Parameter, StateVariable } from './kinds/common.ts';
import type { Component, Screen } from './kinds/screen.ts';
import type { Theme } from './kinds/theme.ts';

/**
 * Parsed bindings of one thing: JSON pointer of the text within it (e.g. `/settings/text`,
 * `/events/click/0/settings/message`, `/visible`) → template. Pointers without an entry hold plain values.
 */
export type Bindings = Readonly<Record<string, Template>>;

/** Pointer of a text with a broken binding → a message for people. Such a text stands for `undefined`. */
export type BindingProblems = Readonly<Record<string, string>>;

/** A component with its bindings parsed. */
export interface CompiledComponent extends Component {
  readonly id: string;
  readonly bindings: Bindings;
  /** Texts whose binding does not parse: pointer → what is wrong. They have no entry in `bindings`. */
  readonly problems?: BindingProblems;
}

/** A screen with its bindings parsed. `bindings` are those of the screen's own texts and events. */
export interface CompiledScreen extends Omit<Screen, 'components' | 'access'> {
  readonly components: Readonly<Record<string, CompiledComponent>>;
  readonly bindings: Bindings;
  readonly problems?: BindingProblems;
}

/** An app with every screen compiled: what a release stores beside its definition. Plain JSON. */
export interface CompiledApp {
  readonly source: App;
  readonly screens: Readonly<Record<string, CompiledScreen>>;
}

/** What a browser may know of a query. */
export interface ClientQuery {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly mode: 'read' | 'write';
  readonly run: 'load' | 'manual';
  readonly result?: readonly { readonly name: string; readonly type: string }[];
}

/** What a browser receives: an app as one set of roles may see it, compiled. */
export interface ClientApp {
  readonly app: Omit<AppDocument, 'state'> & { readonly state: readonly StateVariable[] };
  readonly screens: Readonly<Record<string, CompiledScreen>>;
  readonly queries: Readonly<Record<string, ClientQuery>>;
  readonly theme: Theme;
  /** Functions of plugins that its bindings call; absent: none. */
  readonly functions?: ParsedLibrary;
}

/** What a set of roles may do with a table, and which of its columns it may see (`all`, or these and the key). */
export interface TableRights {
  readonly view: boolean;
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  readonly columns: 'all' | readonly string[];
  /** Columns of related rows (`album.title`) that it may read beside all of the table's own. */
  readonly related?: readonly string[];
  /** The columns that it may fill in a new row and change in a stored one. Absent: the same as `columns`. */
  readonly written?: { readonly create: 'all' | readonly string[]; readonly update: 'all' | readonly string[] };
}

/** What a set of roles may do in one release or draft, deny by default: computed from the definition, checked on every call. */
export interface AccessPlan {
  readonly screens: readonly string[];
  readonly queries: readonly string[];
  /** Flows that may be started. */
  readonly flows: readonly string[];
  /** Event actions whose code runs on the server and that may be started, by {@link eventActionTarget}; absent: none. */
  readonly eventActions?: readonly string[];
  /** Data sources that may be copied as a whole; absent: none. Only flows have any. */
  readonly backups?: readonly string[];
  /** By table reference. */
  readonly tables: Readonly<Record<string, TableRights>>;
}
