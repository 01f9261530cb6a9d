import { maximumFunctionLength } from '@fettle/expression';
import { Type, type Static, type TSchema } from 'typebox';

/** Name of the file that makes a package a plugin. */
export const pluginFile = 'fettle.plugin.json';

/** Version of the format of {@link pluginFile}. */
export const pluginFormat = 1;

function exact<T extends Record<string, TSchema>>(properties: T) {
  return Type.Object(properties, { additionalProperties: false });
}

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const jsonSchema = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown());
const names = Type.Array(text(200), { maxItems: 100 });
const modulePath = Type.String({
  maxLength: 200,
  pattern: '^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.js$',
});

const tableUse = exact({
  setting: text(200),
  actions: Type.Array(Type.Enum(['view', 'create', 'update', 'delete']), { minItems: 1, maxItems: 4 }),
  when: Type.Optional(exact({ setting: text(200), in: Type.Array(Type.Unknown(), { maxItems: 50 }) })),
  columns: Type.Optional(names),
  unless: Type.Optional(exact({ beside: text(200), in: Type.Array(Type.Unknown(), { maxItems: 50 }) })),
});
const uses = exact({
  tables: Type.Optional(Type.Array(tableUse, { maxItems: 50 })),
  queries: Type.Optional(names),
  screens: Type.Optional(names),
  components: Type.Optional(names),
  states: Type.Optional(names),
  flows: Type.Optional(names),
});

/** One step of bringing settings from one version to the next, as data: no code of a plugin runs for it. */
const migrationStep = Type.Union([
  exact({ rename: text(200), to: text(200) }),
  exact({ remove: text(200) }),
  exact({ set: text(200), value: Type.Unknown(), when: Type.Optional(Type.Enum(['missing', 'always'])) }),
]);

const described = {
  id: Type.String({ maxLength: 120, pattern: '^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$' }),
  version: Type.Integer({ minimum: 1, maximum: 10_000 }),
  title: text(80),
  description: text(500),
  icon: text(60),
  category: text(60),
  settings: jsonSchema,
  keywords: Type.Optional(Type.Array(text(60), { maxItems: 30 })),
  migrations: Type.Optional(Type.Array(Type.Array(migrationStep, { maxItems: 50 }), { maxItems: 100 })),
  needs: Type.Optional(exact({ network: Type.Optional(Type.Boolean()), secrets: Type.Optional(Type.Boolean()) })),
};

const effect = Type.Enum(['none', 'read', 'write', 'outside']);

const flowAction = exact({
  kind: Type.Literal('flow-action'),
  ...described,
  effect,
  effectWhen: Type.Optional(
    Type.Array(exact({ setting: text(200), in: Type.Array(Type.Unknown(), { maxItems: 50 }), effect }), {
      maxItems: 20,
    }),
  ),
  output: jsonSchema,
  sample: Type.Optional(Type.Unknown()),
  uses: Type.Optional(uses),
  summary: Type.Optional(text(200)),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 600_000 })),
});

const eventAction = exact({
  kind: Type.Literal('event-action'),
  ...described,
  // It shows nothing and starts nothing: what the page does afterwards stands in the actions that follow.
  uses: Type.Optional(
    exact({ tables: Type.Optional(Type.Array(tableUse, { maxItems: 50 })), queries: Type.Optional(names) }),
  ),
  result: jsonSchema,
  // No code of a plugin's event action runs in a page.
  server: exact({ effect, timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })) }),
});

const flowTrigger = exact({
  kind: Type.Literal('flow-trigger'),
  ...described,
  // What the server keeps at work. Everything else that starts flows is the server's own.
  source: Type.Enum(['poll', 'listen']),
  payload: jsonSchema,
  sample: Type.Unknown(),
  uses: Type.Optional(exact({ tables: Type.Optional(Type.Array(tableUse, { maxItems: 50 })) })),
  summary: Type.Optional(text(200)),
  needed: Type.Optional(names),
  cursorSettings: Type.Optional(names),
});

const connector = exact({
  kind: Type.Literal('connector'),
  ...described,
  capabilities: exact({
    tables: Type.Boolean(),
    writes: Type.Boolean(),
    // Nothing of a plugin's process takes part in a transaction or changes a structure.
    transactions: Type.Literal(false),
    relations: Type.Boolean(),
    aggregates: Type.Boolean(),
    structure: Type.Literal(false),
  }),
  queryKinds: Type.Array(exact({ id: text(60), title: text(80), settings: jsonSchema }), { maxItems: 20 }),
  destination: names,
});

const contributedName = Type.String({ maxLength: 64, pattern: '^[A-Za-z_][A-Za-z0-9_]*$' });
const cells = Type.Optional(Type.Integer({ minimum: 1, maximum: 12 }));
const span = exact({ base: cells, md: cells, lg: cells });

// No slots, deferred settings or fields of forms: these would need the page's own rendering, which a frame cannot reach.
const component = exact({
  kind: Type.Literal('component'),
  ...described,
  slots: Type.Array(Type.Unknown(), { maxItems: 0 }),
  events: Type.Array(exact({ name: contributedName, title: text(80), payload: Type.Optional(jsonSchema) }), {
    maxItems: 50,
  }),
  exposes: Type.Record(contributedName, jsonSchema),
  methods: Type.Array(exact({ name: contributedName, title: text(80) }), { maxItems: 50 }),
  uses: Type.Optional(uses),
  defaultLayout: Type.Optional(
    exact({ span: Type.Optional(span), start: Type.Optional(span), grow: Type.Optional(Type.Boolean()) }),
  ),
  placeholder: Type.Optional(
    exact({ height: Type.Integer({ minimum: 16, maximum: 4000 }), setting: Type.Optional(text(200)) }),
  ),
});

const valueType = Type.Enum(['any', 'text', 'number', 'boolean', 'date', 'list', 'object']);

// Written as an expression: there is no code of it, and it has no settings that could grow old.
const pluginFunction = exact({
  kind: Type.Literal('function'),
  id: Type.String({ maxLength: 120, pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$' }),
  title: text(80),
  description: text(500),
  keywords: Type.Optional(Type.Array(text(60), { maxItems: 30 })),
  parameters: Type.Array(
    exact({
      name: contributedName,
      type: valueType,
      description: text(300),
      optional: Type.Optional(Type.Boolean()),
      default: Type.Optional(Type.Unknown()),
    }),
    { maxItems: 12 },
  ),
  returns: valueType,
  expression: text(maximumFunctionLength),
  examples: Type.Array(exact({ expression: text(1000), result: Type.Unknown() }), { minItems: 1, maxItems: 20 }),
});

/** What a plugin asks to be allowed. What is not named here it cannot do. */
export const pluginPermissionsSchema = exact({
  /**
   * Hosts that it may send requests to: `api.example.com`, `api.example.com:8443`, or `*.example.com` for all names
   * below one. Without a port: 443, and 80.
   */
  network: Type.Optional(
    Type.Array(
      Type.String({
        maxLength: 260,
        pattern: '^(?:\\*\\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?$',
      }),
      { maxItems: 50, uniqueItems: true },
    ),
  ),
  /** It may also reach the hosts that builders enter in the settings of its steps and data sources. */
  networkFromSettings: Type.Optional(Type.Boolean()),
  /** It is given the secrets that builders choose in settings of its steps and data sources. */
  secrets: Type.Optional(Type.Boolean()),
  /** Rows of the tables that builders choose in its settings. */
  tables: Type.Optional(Type.Enum(['read', 'write'])),
  /** Files that flows hand to it, and new ones. */
  files: Type.Optional(Type.Boolean()),
  /** E-mail by the installation's mail server. */
  mail: Type.Optional(Type.Boolean()),
  /** Kilobytes of its own that it keeps per workspace. */
  storage: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_240 })),
});

/** What a plugin asks to be allowed. */
export type PluginPermissions = Static<typeof pluginPermissionsSchema>;

const contributions = exact({
  components: Type.Optional(Type.Array(component, { maxItems: 50 })),
  connectors: Type.Optional(Type.Array(connector, { maxItems: 20 })),
  eventActions: Type.Optional(Type.Array(eventAction, { maxItems: 50 })),
  flowActions: Type.Optional(Type.Array(flowAction, { maxItems: 100 })),
  flowTriggers: Type.Optional(Type.Array(flowTrigger, { maxItems: 50 })),
  functions: Type.Optional(Type.Array(pluginFunction, { maxItems: 100 })),
});

/** The schema of {@link pluginFile} in a packed plugin. */
export const pluginManifestSchema = exact({
  $schema: Type.Optional(Type.String({ maxLength: 300 })),
  format: Type.Literal(pluginFormat),
  id: Type.String({ minLength: 2, maxLength: 60, pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$' }),
  version: Type.String({ maxLength: 60 }),
  title: text(80),
  description: text(500),
  author: Type.Optional(text(120)),
  license: Type.Optional(text(60)),
  homepage: Type.Optional(Type.String({ maxLength: 300, pattern: '^https://' })),
  /** Versions of the SDK it works with, as a range: `^0.1.0`. */
  sdk: text(60),
  permissions: pluginPermissionsSchema,
  contributions,
  /** The module with the code of connectors, event actions, flow actions and flow triggers. */
  server: Type.Optional(modulePath),
  /** The script with the code of components: it puts what it brings into `FettlePlugin`. */
  browser: Type.Optional(modulePath),
});

/** What {@link pluginFile} says. */
export type PluginManifest = Static<typeof pluginManifestSchema>;
/** A step of a migration of settings. */
export type MigrationStep = Static<typeof migrationStep>;
