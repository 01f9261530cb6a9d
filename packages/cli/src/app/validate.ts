import { resolve } from 'node:path';
import { AppError } from '@fettle/base';
import { routes, type ApiClient, type ContributedExtensions, type DataSourceInfo } from '@fettle/contract';
import {
  checkFiles,
  valueAt,
  type AppFiles,
  type ExtensionCatalog,
  type FileProblem,
  type KnownQueryKinds,
  type KnownSources,
} from '@fettle/definition';
import {
  createCatalog,
  withMigrations,
  type ComponentManifest,
  type EventActionManifest,
  type FlowActionManifest,
  type FlowTriggerManifest,
} from '@fettle/sdk';
import { checkStarts } from '@fettle/server/checks';
import { builtInCatalog, builtInConnectors } from '@fettle/standalone/manifests';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { findWorkspace } from '../connection/find-workspace.ts';
import { readAppFiles } from './folder/app-folder.ts';
import { positionOf, repeatedKeys, type Position } from './positions.ts';

/** Options of `fettle app validate`. */
interface ValidateOptions {
  readonly folder: string | undefined;
  readonly offline: boolean;
  readonly strict: boolean;
}

/** A problem with its place in a file. */
interface PlacedProblem extends Omit<FileProblem, 'path'>, Position {
  readonly file: string;
  readonly pointer: string;
}

/** Checks the app of a folder. */
export async function validateApp(context: CommandContext, options: ValidateOptions): Promise<CommandResult> {
  const folder = resolve(context.folder, options.folder ?? '.');
  const files = await readAppFiles(folder);
  const known = options.offline ? undefined : await readWorkspace(context);
  const sources = known?.sources;
  const catalog = known?.catalog ?? builtInCatalog;
  context.output.progress('Checking …');
  const found = checkFiles(files, {
    catalog,
    also: (app) => checkStarts(app, catalog),
    ...(known === undefined ? {} : { sources: known.sources, queryKinds: known.queryKinds }),
  }).map((problem) => place(problem, files));
  const unknown = known === undefined ? found.filter((problem) => pluginTypeOf(problem, files) !== undefined) : [];
  const unchecked = countTypes(unknown.map((problem) => pluginTypeOf(problem, files) ?? ''));
  const problems = [...found.filter((problem) => !unknown.includes(problem)), ...repeated(files)].toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
  const count = (severity: string): number => problems.filter((problem) => problem.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const isBad = errors > 0 || (options.strict && warnings > 0);
  return {
    data: { folder, checkedTables: sources !== undefined, unchecked, errors, warnings, problems },
    text: [
      ...problems.map(lineOf),
      `${Object.keys(files).length} files: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}.`,
      ...(sources === undefined ? [uncheckedWords(unchecked)] : []),
    ].join('\n'),
    ...(isBad ? { exitCode: exitCodes.found } : {}),
  };
}

/** A type or function that only the server of the plugin that brings it knows. */
interface UncheckedType {
  readonly type: string;
  /** In how many places it is used. */
  readonly places: number;
}

/** The type of something that is not built in, or a function that is not; undefined for all other problems. */
function pluginTypeOf({ code, file, pointer, message }: PlacedProblem, files: AppFiles): string | undefined {
  if (code === 'expression.unknown-function') return /"(\$[\w.]+)"/.exec(message)?.[1];
  if (!code.endsWith('.type-missing')) return undefined;
  const type = valueAt(JSON.parse(files[file] ?? 'null'), pointer);
  return typeof type === 'string' && type.includes('/') && !type.startsWith('core/') ? type : undefined;
}

function countTypes(types: readonly string[]): readonly UncheckedType[] {
  return [...new Set(types)]
    .toSorted(compare)
    .map((type) => ({ type, places: types.filter((other) => other === type).length }));
}

function uncheckedWords(types: readonly UncheckedType[]): string {
  const plugins = types.map(({ type, places }) => `${type} (${places} ${places === 1 ? 'place' : 'places'})`);
  return [
    'Without a server these were not checked: tables and columns, settings of queries',
    plugins.length === 0 ? '.' : `, and whether plugins bring these, and their settings: ${plugins.join(', ')}.`,
  ].join('');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function lineOf({ file, line, column, severity, message, code, hint }: PlacedProblem): string {
  return `${file}:${line}:${column} ${severity} ${message} [${code}]\n    ${hint}`;
}

function place(problem: FileProblem, files: AppFiles): PlacedProblem {
  const { path, ...rest } = problem;
  const [file = '', pointer = ''] = path.split('#', 2);
  return { ...rest, file, pointer, ...positionOf(files[file] ?? '', pointer) };
}

function repeated(files: AppFiles): readonly PlacedProblem[] {
  return Object.entries(files).flatMap(([file, text]) =>
    repeatedKeys(text).map(({ key, position }) => ({
      severity: 'error' as const,
      code: 'json.repeated-key',
      file,
      pointer: '',
      message: `"${key}" stands twice in this object; only the last would count.`,
      hint: 'Remove one of them.',
      ...position,
    })),
  );
}

/** What a workspace has: the structure of its data sources, and what its plugins bring. */
interface KnownWorkspace {
  readonly sources: KnownSources;
  readonly queryKinds: KnownQueryKinds;
  readonly catalog: ExtensionCatalog;
}

/** Asks the server; undefined, with a note, where none was named. */
async function readWorkspace(context: CommandContext): Promise<KnownWorkspace | undefined> {
  const client = await context.connect().then(
    (connection) => connection.client,
    (error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'profile.none') throw error;
      context.output.note(
        'No server was named: what only a server knows is not checked (--offline says so without a note).',
      );
      return undefined;
    },
  );
  if (client === undefined) return undefined;
  const { id: workspaceId } = await findWorkspace(client);
  const brought = await client.call(routes.plugins.extensions, { params: { workspaceId } });
  const { dataSources } = await client.call(routes.dataSources.list, { params: { workspaceId } });
  const kinds = new Map(
    [...builtInConnectors, ...brought.connectors].map(({ id, queryKinds }) => [id, queryKinds] as const),
  );
  return {
    catalog: catalogWith(brought),
    queryKinds: Object.fromEntries(dataSources.map(({ id, connector }) => [id, kinds.get(connector) ?? null])),
    sources: await readStructures(context, client, { workspaceId, dataSources }),
  };
}

/** The built-in extensions, and those of the workspace's plugins. */
function catalogWith(brought: ContributedExtensions): ExtensionCatalog {
  const plugins = createCatalog({
    components: withMigrations<ComponentManifest>(brought.components.map(({ manifest }) => manifest)),
    eventActions: withMigrations<EventActionManifest>(brought.eventActions.map(({ manifest }) => manifest)),
    flowActions: withMigrations<FlowActionManifest>(brought.flowActions),
    flowTriggers: withMigrations<FlowTriggerManifest>(brought.flowTriggers),
    functions: brought.functions,
  });
  return {
    ...builtInCatalog,
    component: (type) => builtInCatalog.component(type) ?? plugins.component(type),
    eventAction: (type) => builtInCatalog.eventAction(type) ?? plugins.eventAction(type),
    flowAction: (type) => builtInCatalog.flowAction?.(type) ?? plugins.flowAction?.(type),
    flowTrigger: (type) => builtInCatalog.flowTrigger?.(type) ?? plugins.flowTrigger?.(type),
    ...(plugins.functions === undefined ? {} : { functions: plugins.functions }),
  };
}

async function readStructures(
  context: CommandContext,
  client: ApiClient,
  { workspaceId, dataSources }: { readonly workspaceId: string; readonly dataSources: readonly DataSourceInfo[] },
): Promise<KnownSources> {
  const sources: Record<string, KnownSources[string]> = {};
  for (const { id, name } of dataSources) {
    context.output.progress(`Reading the structure of ${name} …`);
    const found = await client
      .call(routes.dataSources.schema, { params: { workspaceId, dataSource: id } })
      .catch((error: unknown) => {
        context.output.note(
          `The structure of ${name} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
        );
        return undefined;
      });
    sources[id] = found?.schema.tables ?? null;
  }
  return sources;
}
