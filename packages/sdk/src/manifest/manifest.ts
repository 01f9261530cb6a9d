import { Type, type TObject, type TProperties, type TSchema } from 'typebox';

/** The kinds of extension points. All share {@link Manifest}. */
export type ExtensionKind = 'component' | 'connector' | 'event-action' | 'flow-action' | 'flow-trigger' | 'function';

/** The editors a setting can ask for. Without one, the editor follows from the schema. */
export type SettingEditor =
  | 'text'
  | 'multiline'
  | 'markdown'
  | 'number'
  | 'switch'
  | 'select'
  | 'segmented'
  | 'color'
  | 'icon'
  | 'expression'
  | 'sql'
  | 'json'
  | 'password'
  | 'data'
  | 'column'
  | 'columns'
  | 'columnList'
  | 'fields'
  | 'filter'
  | 'sort'
  | 'options'
  | 'screen'
  | 'query'
  | 'flow'
  | 'component'
  | 'state'
  | 'parameters'
  | 'values'
  | 'keyValue'
  | 'dataSource'
  | 'table'
  | 'code'
  | 'secret'
  /** Members of the workspace, or any e-mail address. */
  | 'people'
  /** The same, and roles of the app. */
  | 'approvers';

/** Hints for the settings form, under the schema keyword `ui`. All are data. */
export interface SettingHint {
  readonly editor?: SettingEditor;
  /** Heading under which the setting stands. Sections show in order of first use. */
  readonly section?: string;
  /** Folded away until asked for. */
  readonly advanced?: boolean;
  /** False: the value is fixed in the builder, `{{ }}` has no meaning in it. Default true for texts, numbers, booleans. */
  readonly bindable?: boolean;
  /**
   * Names that are known only when the value is used, e.g. `['row']` for a table column. The component then gets a
   * function of these names instead of a value.
   */
  readonly deferred?: readonly string[];
  /** Show the setting only when another one has (not) one of these values. */
  readonly when?: { readonly setting: string; readonly in?: readonly unknown[]; readonly notIn?: readonly unknown[] };
  /** For column editors: the setting that names the data whose columns are offered. */
  readonly of?: string;
  /** For `component`: the component types offered. For `column`: the column types offered. */
  readonly types?: readonly string[];
  readonly placeholder?: string;
  /** Labels of a union of literals, by value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Connectors: kept encrypted, never sent back. Flow actions: holds the name of a stored secret, see {@link secretSetting}. */
  readonly secret?: boolean;
}

/** A settings schema: an object of properties, each with title, description, default and `ui` hints. */
export type SettingsSchema = TObject<TProperties>;

/** Adds the title and hints to the schema of a setting: `setting(Type.String(), { title: 'Label', ui: {…} })`. */
export function setting<T extends TSchema>(
  schema: T,
  options: {
    readonly title: string;
    readonly description?: string;
    readonly default?: unknown;
    readonly ui?: SettingHint;
  },
): T {
  const described = { ...schema, ...options };
  // Copying loses the mark that makes a property optional.
  return Type.IsOptional(schema) ? (Type.Optional(described) as unknown as T) : described;
}

/**
 * A setting of a flow action that names a stored secret. Definitions, journals and exports hold the name alone; the
 * action finds the value in `context.secrets` under the setting's name.
 */
export function secretSetting(options: {
  readonly title: string;
  readonly description?: string;
  readonly ui?: Omit<SettingHint, 'editor' | 'secret' | 'bindable'>;
}) {
  return Type.Optional(
    setting(Type.String({ maxLength: 100 }), {
      ...options,
      ui: { placeholder: 'Name of a stored secret', ...options.ui, editor: 'secret', secret: true, bindable: false },
    }),
  );
}

/** A union of texts with labels, shown as a select or, when short, as a segmented control. */
export function choice<const V extends readonly string[]>(
  values: V,
  options: {
    readonly title: string;
    readonly description?: string;
    readonly default?: V[number];
    readonly labels?: Readonly<Partial<Record<V[number], string>>>;
    readonly ui?: SettingHint;
  },
) {
  const { labels, ui, ...rest } = options;
  return Type.Unsafe<V[number]>({
    type: 'string',
    enum: [...values],
    ...rest,
    ui: { ...(labels === undefined ? {} : { labels: labels as Readonly<Record<string, string>> }), ...ui },
  });
}

/** What every extension point declares, as data that can be read without loading any implementation. */
export interface Manifest<K extends ExtensionKind = ExtensionKind, S extends SettingsSchema = SettingsSchema> {
  readonly kind: K;
  /** `owner/name`; built-ins are `core/…`. */
  readonly id: string;
  /** Version of the settings, from 1. A change of shape raises it and adds a migration. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** Name of a Tabler icon in kebab case, e.g. `table`. */
  readonly icon: string;
  readonly category: string;
  readonly settings: S;
  readonly keywords?: readonly string[];
  /** Migrations of the settings, from version n to n + 1, at index n - 1. Pure. */
  readonly migrations?: readonly ((settings: Readonly<Record<string, unknown>>) => Record<string, unknown>)[];
  /** What the implementation reaches for. */
  readonly needs?: { readonly network?: boolean; readonly secrets?: boolean };
}
