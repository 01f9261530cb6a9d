import { Buffer } from 'node:buffer';
import { libraryName } from '@fettle/sdk';
import { writeArchive, type PackageFiles, type PluginPermissions } from '@fettle/sdk/plugin';

/** A plugin for tests: actions by name, each the body of `async (context) => …`. */
export interface TestPlugin {
  readonly id?: string;
  readonly version?: string;
  readonly sdk?: string;
  readonly title?: string;
  readonly permissions?: PluginPermissions;
  readonly actions?: Readonly<Record<string, string>>;
  /** More of each action's manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** The same for triggers: each settings a `url`, brings `{ id }`. */
  readonly triggers?: Readonly<Record<string, string>>;
  /** Event actions in the same way, and more of each one's manifest by name. */
  readonly eventActions?: Readonly<Record<string, string>>;
  readonly eventManifests?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly connectors?: readonly Readonly<Record<string, unknown>>[];
  /** Manifests of components by name, and the script that they come from. */
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly browser?: string;
  /** Functions by name: each takes `x`, and is this text. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Code at the top of its module. */
  readonly code?: string;
  /** What `connectors` exports. */
  readonly connectorCode?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** The files of a test plugin, as they are packed. */
export function testPluginFiles(plugin: TestPlugin = {}): PackageFiles {
  const {
    id = 'sample',
    version = '1.0.0',
    permissions = {},
    actions = [plugin.components, plugin.triggers, plugin.eventActions, plugin.functions].every(
      (one) => one === undefined,
    )
      ? { hello: `return { text: 'Hello' };` }
      : {},
  } = plugin;
  const components = Object.entries(plugin.components ?? {}).map(([name, more]) => ({
    kind: 'component',
    id: `${id}/${name}`,
    version: 1,
    title: `Show ${name}`,
    description: 'A component of a test.',
    icon: 'box',
    category: 'Tests',
    settings: { type: 'object', properties: { text: { type: 'string', title: 'Text', default: 'Hello' } } },
    slots: [],
    events: [],
    exposes: {},
    methods: [],
    ...more,
  }));
  const flowActions = Object.keys(actions).map((name) => ({
    kind: 'flow-action',
    id: `${id}/${name}`,
    version: 1,
    title: `Do ${name}`,
    description: 'An action of a test.',
    icon: 'bolt',
    category: 'Tests',
    effect: 'read',
    settings: { type: 'object', properties: { value: { title: 'Value' }, url: { type: 'string', title: 'Address' } } },
    output: {},
    sample: null,
    ...plugin.manifest,
  }));
  const flowTriggers = Object.keys(plugin.triggers ?? {}).map((name) => ({
    kind: 'flow-trigger',
    id: `${id}/${name}`,
    version: 1,
    title: `When ${name}`,
    description: 'A trigger of a test.',
    icon: 'bell',
    category: 'Tests',
    source: 'poll',
    settings: { type: 'object', properties: { url: { type: 'string', title: 'Address', ui: { bindable: false } } } },
    needed: ['url'],
    payload: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    sample: { id: 1 },
  }));
  const eventActions = Object.keys(plugin.eventActions ?? {}).map((name) => ({
    kind: 'event-action',
    id: `${id}/${name}`,
    version: 1,
    title: `Ask ${name}`,
    description: 'An event action of a test.',
    icon: 'bolt',
    category: 'Tests',
    settings: {
      type: 'object',
      properties: { value: { title: 'Value' }, url: { type: 'string', title: 'Address' } },
    },
    result: {},
    server: { effect: 'read' },
    ...plugin.eventManifests?.[name],
  }));
  const functions = Object.entries(plugin.functions ?? {}).map(([name, expression]) => ({
    kind: 'function',
    id: `${id}/${name}`,
    title: `Work ${name} out`,
    description: 'A function of a test.',
    parameters: [{ name: 'x', type: 'any', description: 'A value.' }],
    returns: 'any',
    expression,
    examples: [{ expression: `${libraryName(`${id}/${name}`)}(1)`, result: null }],
  }));
  const manifest = {
    format: 1,
    id,
    version,
    title: plugin.title ?? 'Sample',
    description: 'A plugin of a test.',
    sdk: plugin.sdk ?? '^0.1.0',
    permissions,
    contributions: {
      ...(flowActions.length > 0 ? { flowActions } : {}),
      ...(flowTriggers.length > 0 ? { flowTriggers } : {}),
      ...(eventActions.length > 0 ? { eventActions } : {}),
      ...(plugin.connectors === undefined ? {} : { connectors: plugin.connectors }),
      ...(components.length > 0 ? { components } : {}),
      ...(functions.length > 0 ? { functions } : {}),
    },
    ...(components.length > 0 ? { browser: 'browser.js' } : {}),
    server: 'server.js',
  };
  const entriesOf = (bodies: Readonly<Record<string, string>>): string =>
    Object.entries(bodies)
      .map(
        ([name, body]) =>
          `{ manifest: { id: '${id}/${name}' }, load: async () => ({ run: async (context) => {\n${body}\n} }) }`,
      )
      .join(',\n');
  const server = [
    plugin.code ?? '',
    `export const flowActions = [${entriesOf(actions)}];`,
    `export const flowTriggers = [${entriesOf(plugin.triggers ?? {})}];`,
    `export const eventActions = [${entriesOf(plugin.eventActions ?? {})}];`,
    `export const connectors = ${plugin.connectorCode ?? '[]'};`,
  ].join('\n');
  const files = {
    'fettle.plugin.json': JSON.stringify(manifest),
    'server.js': server,
    ...(components.length > 0 ? { 'browser.js': plugin.browser ?? 'var FettlePlugin = { components: [] };' } : {}),
    ...plugin.files,
  };
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

/** A test plugin as it is installed. */
export function packTestPlugin(plugin: TestPlugin = {}): Uint8Array {
  return writeArchive(testPluginFiles(plugin));
}
