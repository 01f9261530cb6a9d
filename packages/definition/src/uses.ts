import type { LibraryDefinitions } from '@fettle/expression';

/**
 * What the settings of an extension refer to, declared in its manifest as data. Paths name settings from the
 * settings object down; `*` stands for every item of a list or every value of a record: `fields/*\/relation`.
 * `@keys` at the end stands for the names in a record: `values/@keys`.
 */
export interface ExtensionUses {
  readonly tables?: readonly TableUse[];
  /** Paths of settings that hold a query id. Data settings of kind `query` are found through `tables`. */
  readonly queries?: readonly string[];
  /** Paths of settings that hold a screen id. */
  readonly screens?: readonly string[];
  /** Paths of settings that hold a component id of the same screen. */
  readonly components?: readonly string[];
  /** Paths of settings that hold the id of a state variable. */
  readonly states?: readonly string[];
  /** Paths of settings that hold a flow id. */
  readonly flows?: readonly string[];
  /** Paths of settings that hold the id of a data source of which a whole copy is made. */
  readonly backups?: readonly string[];
}

/** One table use: a setting that names a table, and what its presence lets the roles that see it do. */
export interface TableUse {
  /** Path of a setting whose value has `dataSource` and `table` (a data setting, or the pair alone). */
  readonly setting: string;
  readonly actions: readonly ('view' | 'create' | 'update' | 'delete')[];
  /** Counts only when this setting has one of these values. */
  readonly when?: { readonly setting: string; readonly in: readonly unknown[] };
  /** Paths of settings that hold the names of the columns used. Absent, or all of them empty: every column. */
  readonly columns?: readonly string[];
  /**
   * Paths of settings that hold columns, sorts or filters of rows whose own columns are all read: what these name through
   * relations is read as well.
   */
  readonly related?: readonly string[];
  /** Of the rows only figures are shown: no column but those named, not every one where none is. */
  readonly onlyNamed?: boolean;
  /** A column whose item has this setting at one of these values is shown, not written: `editable` at false. */
  readonly unless?: { readonly beside: string; readonly in: readonly unknown[] };
}

/** How the pure packages learn what an extension's settings refer to. */
export interface ExtensionCatalog {
  /** Undefined when the type is not installed. */
  component(type: string): ExtensionDescription | undefined;
  eventAction(type: string): ExtensionDescription | undefined;
  flowAction?(type: string): ExtensionDescription | undefined;
  flowTrigger?(type: string): ExtensionDescription | undefined;
  /** Functions that expressions can call besides the standard ones. Absent: none. */
  readonly functions?: LibraryDefinitions;
}

/** The facts of a manifest that definitions are checked and compiled with. */
export interface ExtensionDescription {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** JSON Schema of the settings (values may be bindings). */
  readonly settings: unknown;
  readonly uses?: ExtensionUses;
  readonly slots?: readonly string[];
  /** Name of a setting that is a list of items with an `id`: each id names one more slot. */
  readonly slotsFrom?: string;
  readonly events?: readonly string[];
  /** Event name → schema of what `event` holds; null where it holds nothing that is known. */
  readonly payloads?: Readonly<Record<string, unknown>>;
  /** What `components.<name>` offers to expressions: name → schema. Absent: not known. */
  readonly exposes?: Readonly<Record<string, unknown>>;
  /** Schema of what a flow action gives as its output, or of what a flow trigger brings. */
  readonly gives?: unknown;
  /**
   * Of a flow trigger that the server keeps at work: settings that it cannot work without, and those that say what its
   * cursor is a place in.
   */
  readonly keeps?: { readonly needed: readonly string[]; readonly cursor: readonly string[] };
  /** Of an event action: its code runs on the server. */
  readonly runsOnServer?: true;
  /** Slot name → names that expressions of its children can use besides the usual ones → their schemas. */
  readonly slotScopes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly migrations?: readonly ((settings: Readonly<Record<string, unknown>>) => Record<string, unknown>)[];
}
