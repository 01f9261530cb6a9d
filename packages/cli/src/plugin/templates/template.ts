/** What a new plugin can bring. */
export const pluginKinds = [
  'component',
  'event-action',
  'flow-action',
  'flow-trigger',
  'connector',
  'function',
] as const;
/** One of {@link pluginKinds}. */
export type PluginKind = (typeof pluginKinds)[number];

/** What is known of a new plugin. */
export interface TemplateFacts {
  readonly id: string;
  readonly title: string;
  /** Range of SDK versions. */
  readonly sdk: string;
}

/** What one kind of plugin adds to the files that all have. */
export interface Template {
  readonly description: string;
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly files: readonly (readonly [path: string, text: string])[];
}
