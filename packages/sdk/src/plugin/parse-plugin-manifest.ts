import {
  fail,
  forbiddenKeys,
  inputError,
  isJsonObject,
  ok,
  type AppError,
  type Problem,
  type Result,
} from '@fettle/base';
import { checkSchema, guardJson } from '@fettle/definition';
import { secretSettings } from '../manifest/connector.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';
import { pluginFile, pluginManifestSchema, type PluginManifest } from './plugin-manifest.ts';
import type { ComponentManifest } from '../manifest/component.ts';
import type { FunctionManifest } from '../manifest/function.ts';
import { componentProblems, deferredProblems } from './component-rules.ts';
import { functionProblems } from './function-rules.ts';
import { schemaProblems } from './setting-schema-rules.ts';
import { isVersion, isVersionRange } from './version.ts';

/** Names that plugins cannot have: what Fettle itself brings is called so. */
const reservedIds = new Set(['core', 'fettle', 'app', 'workspace', 'plugin', 'plugins']);

/** Reads what a {@link pluginFile} holds and says everything that is wrong with it, with its place. */
export function parsePluginManifest(json: unknown): Result<PluginManifest, readonly Problem[]> {
  const hostile = guardJson(json);
  if (hostile.length > 0) return fail(hostile);
  if (!isJsonObject(json))
    return fail([{ path: '', code: 'plugin.manifest', message: `${pluginFile} must hold one object.` }]);
  const shape = checkSchema(pluginManifestSchema, json, '');
  if (shape.length > 0) return fail(shape.map(explainForm));
  const manifest = json as unknown as PluginManifest;
  const problems = [...headProblems(manifest), ...contributionProblems(manifest), ...permissionProblems(manifest)];
  return problems.length > 0 ? fail(problems.slice(0, 50)) : ok(manifest);
}

/** Reads the text of a {@link pluginFile}, or throws what is wrong with it. */
export function readPluginManifest(text: string): PluginManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw manifestError([{ path: '', message: `It is not JSON: ${(cause as Error).message}` }]);
  }
  const parsed = parsePluginManifest(json);
  if (!parsed.ok) throw manifestError(parsed.error);
  return parsed.value;
}

/** A manifest that is refused. */
export function manifestError(problems: readonly Problem[]): AppError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return inputError({
    code: 'plugin.manifest-invalid',
    message: `${pluginFile} is not right. ${first?.path === '' ? '' : `${first?.path}: `}${first?.message ?? ''}${more}`,
    hint: 'Run `fettle plugin validate` in the folder of the plugin: it names every place.',
    problems,
  });
}

const forms: readonly (readonly [path: RegExp, message: string])[] = [
  [/^\/id$/, 'An id is made of small letters, digits and single hyphens, such as "it-operations".'],
  [
    /^\/permissions\/network\/\d+$/,
    'A host is a name such as "api.example.com", "*.example.com" or "api.example.com:8443", without https:// or a path.',
  ],
  [/^\/(?:server|browser)$/, 'This is the path of a .js file in the package, such as "server.js".'],
  [/^\/homepage$/, 'This must begin with https://.'],
  [
    /^\/contributions\/\w+\/\d+\/id$/,
    'An id is "<plugin>/<name>" in small letters, such as "it-operations/dns-lookup".',
  ],
];

function explainForm(problem: Problem): Problem {
  const form = problem.code === 'schema.pattern' ? forms.find(([path]) => path.test(problem.path)) : undefined;
  return form === undefined ? problem : { ...problem, message: form[1] };
}

function headProblems({ id, version, sdk, server, browser, contributions }: PluginManifest): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string): void => void problems.push({ path, code: 'plugin.manifest', message });
  if (reservedIds.has(id)) add('/id', `"${id}" is kept for Fettle itself. Choose another id.`);
  if (!isVersion(version)) add('/version', 'A version has three numbers, such as 1.0.0 or 1.2.0-beta.1.');
  if (!isVersionRange(sdk)) add('/sdk', 'This is a range of versions, such as "^0.1.0".');
  const { connectors = [], eventActions = [], flowActions = [], flowTriggers = [] } = contributions;
  const needsServer = [connectors, eventActions, flowActions, flowTriggers].some((list) => list.length > 0);
  if (needsServer && server === undefined)
    add(
      '/server',
      'Connectors, event actions, flow actions and flow triggers need their code: name the file, such as "server.js".',
    );
  const needsBrowser = (contributions.components ?? []).length > 0;
  if (needsBrowser && browser === undefined)
    add('/browser', 'Components need their code: name the file, such as "browser.js".');
  if (!needsServer && !needsBrowser && (contributions.functions ?? []).length === 0)
    add(
      '/contributions',
      'The plugin brings nothing. Add a component, an event action, a connector, a flow action, a flow trigger or a function.',
    );
  return problems;
}

interface Contribution {
  readonly id: string;
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly migrations?: readonly unknown[];
  readonly path: string;
}

/** Everything a plugin contributes that has settings, with its place in the manifest. */
function contributionsOf({
  contributions: { functions: _functions, ...rest },
}: PluginManifest): readonly Contribution[] {
  return Object.entries(rest).flatMap(([kind, list]) =>
    (list as readonly Omit<Contribution, 'path'>[]).map((contribution, index) => ({
      ...contribution,
      path: `/contributions/${kind}/${index}`,
    })),
  );
}

function contributionProblems(manifest: PluginManifest): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { id, path, version, settings, migrations = [] } of contributionsOf(manifest)) {
    const add = (place: string, message: string): void =>
      void problems.push({ path: `${path}${place}`, code: 'plugin.manifest', message });
    if (!id.startsWith(`${manifest.id}/`)) add('/id', `Its id must begin with "${manifest.id}/".`);
    const kind = path.split('/')[2] ?? '';
    if (seen.has(`${kind} ${id}`)) add('/id', `"${id}" is there twice.`);
    seen.add(`${kind} ${id}`);
    if (migrations.length !== version - 1)
      add(
        '/migrations',
        `Version ${version} of its settings needs ${version - 1} migrations; there are ${migrations.length}.`,
      );
    if (settings['type'] !== 'object' || !isJsonObject(settings['properties']))
      add('/settings', 'The schema of settings is an object with "properties".');
    problems.push(...schemaProblems(settings, `${path}/settings`));
  }
  manifest.contributions.flowActions?.forEach(({ output }, index) =>
    problems.push(...schemaProblems(output, `/contributions/flowActions/${index}/output`)),
  );
  manifest.contributions.eventActions?.forEach(({ settings, result }, index) => {
    const path = `/contributions/eventActions/${index}`;
    problems.push(...deferredProblems(settings, `${path}/settings`), ...schemaProblems(result, `${path}/result`));
  });
  manifest.contributions.flowTriggers?.forEach(({ payload, settings, needed = [], cursorSettings = [] }, index) => {
    const path = `/contributions/flowTriggers/${index}`;
    problems.push(...schemaProblems(payload, `${path}/payload`));
    const known = isJsonObject(settings['properties']) ? settings['properties'] : {};
    for (const [list, given] of Object.entries({ needed, cursorSettings }))
      given.forEach((name, at) => {
        if (!Object.hasOwn(known, name))
          problems.push({
            path: `${path}/${list}/${at}`,
            code: 'plugin.manifest',
            message: `There is no setting "${name}".`,
          });
      });
  });
  problems.push(...functionsProblems(manifest));
  manifest.contributions.components?.forEach((component, index) =>
    problems.push(
      ...componentProblems(component as unknown as ComponentManifest, `/contributions/components/${index}`),
    ),
  );
  return problems;
}

function functionsProblems({ id, contributions: { functions = [] } }: PluginManifest): readonly Problem[] {
  const path = '/contributions/functions';
  const add = (index: number, message: string): Problem => ({
    path: `${path}/${index}/id`,
    code: 'plugin.manifest',
    message,
  });
  const named = functions.flatMap((one, index) => [
    ...(one.id.startsWith(`${id}/`) ? [] : [add(index, `Its id must begin with "${id}/".`)]),
    ...(functions.findIndex((other) => other.id === one.id) === index
      ? []
      : [add(index, `"${one.id}" is there twice.`)]),
    ...(forbiddenKeys.has(one.id.split('/')[1] ?? '') ? [add(index, 'A function cannot be called so.')] : []),
  ]);
  return named.length > 0 ? named : functionProblems(functions as unknown as readonly FunctionManifest[], path);
}

/** What contributions do must be among what the plugin asks for: a person grants the permissions, not the code. */
function permissionProblems({ permissions, contributions }: PluginManifest): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string): void =>
    void problems.push({ path, code: 'plugin.permissions', message });
  const hasNetwork = (permissions.network?.length ?? 0) > 0 || permissions.networkFromSettings === true;
  const { components = [], connectors = [], eventActions = [], flowActions = [], flowTriggers = [] } = contributions;
  const placed = <T>(list: readonly T[], kind: string) =>
    list.map((entry, index) => ({ entry, path: `/contributions/${kind}/${index}` }));
  const using = [
    ...placed(eventActions, 'eventActions'),
    ...placed(flowActions, 'flowActions'),
    ...placed(flowTriggers, 'flowTriggers'),
    ...placed(components, 'components'),
  ];
  for (const { entry, path } of [...using, ...placed(connectors, 'connectors')]) {
    if (secretSettings(entry.settings as unknown as SettingsSchema).length > 0 && permissions.secrets !== true)
      add(`${path}/settings`, 'It has secret settings: "permissions" needs "secrets": true.');
    if (entry.needs?.network === true && !hasNetwork)
      add(`${path}/needs/network`, '"permissions" names no host in "network", and "networkFromSettings" is not true.');
  }
  for (const { entry, path } of using) {
    const used = (entry.uses?.tables ?? []).flatMap(({ actions: given }) => given);
    if (used.length > 0 && permissions.tables === undefined)
      add(`${path}/uses`, 'It uses tables: "permissions" needs "tables".');
    if (used.some((action) => action !== 'view') && permissions.tables === 'read')
      add(`${path}/uses`, 'It changes rows: "tables" must be "write".');
  }
  return problems;
}
