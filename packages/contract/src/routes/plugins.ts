import { Type, type Static } from 'typebox';
import type {
  ComponentManifest,
  ConnectorManifest,
  EventActionManifest,
  FlowActionManifest,
  FlowTriggerManifest,
  FunctionManifest,
} from '@fettle/sdk';
import { defineRoute } from '../route.ts';
import { exact, id, instant, oneOf } from '../schemas.ts';

const inWorkspace = exact({ workspaceId: id });
/** Id of a plugin, as its manifest says. */
const pluginId = Type.String({ minLength: 2, maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' });
const onePlugin = exact({ workspaceId: id, plugin: pluginId });
/** sha512 of an archive. */
const integrity = Type.String({ minLength: 95, maxLength: 95, pattern: '^sha512-[A-Za-z0-9+/]{86}==$' });
const permissionKey = Type.String({ minLength: 1, maxLength: 300 });

const source = exact({
  kind: oneOf(['file', 'registry', 'url', 'folder']),
  /** File name, package name, address or path. */
  name: Type.String(),
});
/** Where a plugin came from. */
export type PluginSource = Static<typeof source>;

const signer = exact({
  /** `none`: not signed. `unknown`: by a key that the installation does not know. `trusted`: by a known publisher. */
  state: oneOf(['none', 'unknown', 'trusted']),
  publisher: Type.Optional(Type.String()),
  key: Type.Optional(Type.String()),
});
/** Who signed a plugin. */
export type PluginSigner = Static<typeof signer>;

const contribution = exact({
  kind: oneOf(['component', 'event-action', 'connector', 'flow-action', 'flow-trigger', 'function']),
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  icon: Type.String(),
});
/** One thing that a plugin brings. */
export type PluginContribution = Static<typeof contribution>;

const head = {
  id: Type.String(),
  version: Type.String(),
  title: Type.String(),
  description: Type.String(),
  author: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
  homepage: Type.Optional(Type.String()),
  integrity: Type.String(),
  source,
  signer,
  contributions: Type.Array(contribution),
};

const permission = exact({ key: Type.String(), text: Type.String(), note: Type.Optional(Type.String()) });

/** How the processes of a plugin are, as seen by the server that answers. */
const health = exact({
  state: oneOf(['idle', 'running', 'paused']),
  /** What happened last, when something did. */
  message: Type.Optional(Type.String()),
});

const plugin = exact({
  ...head,
  permissions: Type.Array(permission),
  isEnabled: Type.Boolean(),
  health,
  /** Where its components run; absent when it brings none. */
  components: Type.Optional(
    exact({
      /** In the app, with all that the person may do there; else each in a frame of its own. */
      isTrusted: Type.Boolean(),
      trustedAt: Type.Optional(instant),
      trustedBy: Type.Optional(Type.String()),
    }),
  ),
  /** What was found where it came from; absent while nobody looked. */
  update: Type.Optional(
    exact({
      lookedAt: instant,
      /** A newer version that is there. */
      version: Type.Optional(Type.String()),
      /** Why nobody could look. */
      problem: Type.Optional(Type.String()),
    }),
  ),
  installedAt: instant,
  installedBy: Type.String(),
  updatedAt: instant,
  updatedBy: Type.String(),
});
/** An installed plugin. */
export type PluginInfo = Static<typeof plugin>;

const inspection = exact({
  ...head,
  /** What would be done: a new plugin, another version of an installed one, or nothing at all. */
  action: oneOf(['install', 'update', 'none']),
  installedVersion: Type.Optional(Type.String()),
  /** Everything it asks for, and what of it is new. */
  permissions: Type.Array(
    exact({
      key: Type.String(),
      text: Type.String(),
      note: Type.Optional(Type.String()),
      change: oneOf(['added', 'removed', 'same']),
    }),
  ),
  /** Why it cannot be installed; absent when it can. */
  refusal: Type.Optional(exact({ code: Type.String(), message: Type.String(), hint: Type.String() })),
});
/** What a plugin is and asks for, before it is installed. */
export type PluginInspection = Static<typeof inspection>;

/** Where to get a plugin that is not uploaded. */
const from = Type.Union([
  exact({
    kind: Type.Literal('registry'),
    name: Type.String({
      minLength: 1,
      maxLength: 214,
      pattern: '^(?:@[a-z0-9-~][a-z0-9-._~]*/)?[a-z0-9-~][a-z0-9-._~]*$',
    }),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '^[0-9A-Za-z.+-]+$' })),
  }),
  exact({
    kind: Type.Literal('url'),
    url: Type.String({ minLength: 1, maxLength: 2000 }),
    integrity: Type.Optional(integrity),
  }),
  exact({ kind: Type.Literal('folder'), path: Type.String({ minLength: 1, maxLength: 1000 }) }),
]);
/** See {@link pluginRoutes}. */
export type PluginOrigin = Static<typeof from>;

const use = exact({
  id: Type.String(),
  name: Type.String(),
  kind: oneOf(['app', 'data-source']),
  /** What it uses of the plugin: ids, and functions by the name they are called by. */
  types: Type.Array(Type.String()),
});
/** An app or data source that uses a plugin. */
export type PluginUse = Static<typeof use>;

/** A component type of an enabled plugin, as browsers learn of it. Migrations are data in its manifest. */
export interface PluginComponentInfo {
  readonly plugin: string;
  readonly pluginTitle: string;
  readonly manifest: ComponentManifest;
  /** Its code runs in the app; else in a frame. */
  readonly isTrusted: boolean;
  /** Names its code, see `apps.componentCode`: another code has another name. */
  readonly code: string;
}

/** An event action of an enabled plugin, as browsers learn of it. Migrations are data in its manifest. */
export interface PluginEventActionInfo {
  readonly plugin: string;
  readonly pluginTitle: string;
  readonly manifest: EventActionManifest;
}

/** Manifests of what the plugins of a workspace bring. */
export interface ContributedExtensions {
  readonly components: readonly PluginComponentInfo[];
  readonly eventActions: readonly PluginEventActionInfo[];
  readonly connectors: readonly ConnectorManifest[];
  readonly flowActions: readonly FlowActionManifest[];
  readonly flowTriggers: readonly FlowTriggerManifest[];
  readonly functions: readonly FunctionManifest[];
}

const list = '/api/workspaces/:workspaceId/plugins';
const manage = { kind: 'workspace', action: 'plugin.manage' } as const;

/** Plugins of a workspace. Only its admins may change what is installed. */
export const pluginRoutes = {
  list: defineRoute({
    id: 'plugins.list',
    method: 'GET',
    path: list,
    summary: 'Installed plugins.',
    access: manage,
    params: inWorkspace,
    response: exact({
      plugins: Type.Array(plugin),
      /** What this installation allows: how plugins can be got, and whether they must be signed. */
      allows: exact({
        registry: Type.Boolean(),
        folder: Type.Boolean(),
        unsigned: Type.Boolean(),
        /** Newer versions are looked for every day. */
        looksForUpdates: Type.Boolean(),
      }),
    }),
  }),
  extensions: defineRoute({
    id: 'plugins.extensions',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/extensions',
    summary: 'Manifests of what enabled plugins bring: for the builder.',
    access: { kind: 'workspace', action: 'data-source.list' },
    params: inWorkspace,
    response: Type.Unsafe<ContributedExtensions>({ type: 'object' }),
  }),
  extensionsOfApp: defineRoute({
    id: 'plugins.extensions-of-app',
    method: 'GET',
    path: '/api/apps/:appId/extensions',
    summary: 'Manifests of what the enabled plugins of an app’s workspace bring: for those who open the app alone.',
    access: { kind: 'app', action: 'app.read' },
    params: exact({ appId: id }),
    response: Type.Unsafe<ContributedExtensions>({ type: 'object' }),
  }),
  upload: defineRoute({
    id: 'plugins.upload',
    method: 'POST',
    path: `${list}/upload`,
    summary: 'Looks at a packed plugin (multipart, one .tgz file): what it is and asks for. Installs nothing.',
    access: manage,
    params: inWorkspace,
    response: exact({ inspection }),
    transfer: 'upload',
    maxBodyBytes: 11 * 1024 * 1024,
  }),
  inspect: defineRoute({
    id: 'plugins.inspect',
    method: 'POST',
    path: `${list}/inspect`,
    summary: 'Gets a plugin by package name, address or folder and looks at it. Installs nothing.',
    access: manage,
    params: inWorkspace,
    body: exact({ from }),
    response: exact({ inspection }),
  }),
  install: defineRoute({
    id: 'plugins.install',
    method: 'POST',
    path: list,
    summary: 'Installs or updates to what was looked at, with the permissions that are granted: all it asks for.',
    access: manage,
    params: inWorkspace,
    body: exact({ integrity, granted: Type.Array(permissionKey, { maxItems: 100 }) }),
    response: exact({ plugin }),
  }),
  change: defineRoute({
    id: 'plugins.change',
    method: 'PATCH',
    path: `${list}/:plugin`,
    summary: 'Turns a plugin on or off.',
    access: manage,
    params: onePlugin,
    body: exact({ isEnabled: Type.Boolean() }),
    response: exact({ plugin }),
  }),
  trust: defineRoute({
    id: 'plugins.trust',
    method: 'PUT',
    path: `${list}/:plugin/trust`,
    summary: 'Lets the components of exactly this version run in apps instead of in frames, or takes that back.',
    access: manage,
    params: onePlugin,
    body: exact({ integrity, isTrusted: Type.Boolean() }),
    response: exact({ plugin }),
  }),
  lookForUpdate: defineRoute({
    id: 'plugins.look-for-update',
    method: 'POST',
    path: `${list}/:plugin/look-for-update`,
    summary: 'Asks where a plugin came from whether there is a newer version. Installs nothing.',
    access: manage,
    params: onePlugin,
    response: exact({ plugin }),
  }),
  usage: defineRoute({
    id: 'plugins.usage',
    method: 'GET',
    path: `${list}/:plugin/usage`,
    summary: 'Apps and data sources that use a plugin.',
    access: manage,
    params: onePlugin,
    response: exact({ uses: Type.Array(use) }),
  }),
  remove: defineRoute({
    id: 'plugins.remove',
    method: 'DELETE',
    path: `${list}/:plugin`,
    summary: 'Removes a plugin. What uses it keeps its settings and does not work until it is there again.',
    access: manage,
    params: onePlugin,
  }),
} as const;
