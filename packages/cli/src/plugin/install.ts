import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '@fettle/base';
import { routes, type PluginInspection, type PluginOrigin } from '@fettle/contract';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import type { Connection } from '../connection/connection.ts';
import { findWorkspace } from '../connection/find-workspace.ts';

/** Installs a plugin on a server, once what it asks for is agreed to. */
export async function installPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const { output, options } = context;
  const source = String(context.arguments['source']);
  const connection = await context.connect();
  const { id: workspaceId, name } = await findWorkspace(connection.client);
  output.progress('Looking at the plugin…');
  const inspection = await inspect(connection, workspaceId, { source, folder: context.folder });
  if (inspection.refusal !== undefined) {
    const { code, message, hint } = inspection.refusal;
    throw new AppError('conflict', { code, message, hint });
  }
  if (inspection.action === 'none')
    return {
      data: { inspection, plugin: null },
      text: `${inspection.title} ${inspection.version} is installed already.`,
    };
  if ((options['yes'] as unknown) !== true) {
    output.note(describe(inspection));
    const answer = await output.ask('Install it with all of this? (yes/no)');
    if (!/^y(?:es)?$/i.test(answer)) return { data: { inspection, plugin: null }, text: 'Nothing was installed.' };
  }
  const plugin = await installInspected(connection, workspaceId, inspection);
  return { data: { inspection, plugin }, text: `${plugin.title} ${plugin.version} is installed in ${name}.` };
}

/** Installs what was looked at, with all it asks for. */
export async function installInspected(
  { client }: Pick<Connection, 'client'>,
  workspaceId: string,
  { integrity, permissions }: PluginInspection,
) {
  const granted = permissions.filter(({ change }) => change !== 'removed').map(({ key }) => key);
  return (await client.call(routes.plugins.install, { params: { workspaceId }, body: { integrity, granted } })).plugin;
}

async function inspect(
  connection: Connection,
  workspaceId: string,
  { source, folder }: { readonly source: string; readonly folder: string },
): Promise<PluginInspection> {
  const from = originOf(source);
  if (from !== undefined)
    return (await connection.client.call(routes.plugins.inspect, { params: { workspaceId }, body: { from } }))
      .inspection;
  const bytes = await readFile(resolve(folder, source)).catch((cause: unknown) => {
    throw new AppError('not-found', {
      code: 'file.missing',
      message: `There is no file ${source}.`,
      hint: 'Pack the plugin first: fettle plugin pack',
      cause,
    });
  });
  return uploadPlugin(connection, workspaceId, { name: basename(source), bytes });
}

/** Sends a packed plugin to be looked at. */
export async function uploadPlugin(
  connection: Connection,
  workspaceId: string,
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<PluginInspection> {
  const form = new FormData();
  form.set('file', new Blob([file.bytes]), file.name);
  return (await connection.upload(routes.plugins.upload, { workspaceId }, form)).inspection;
}

function originOf(source: string): PluginOrigin | undefined {
  if (/^https?:\/\//.test(source)) return { kind: 'url', url: source };
  if (/\.t(?:ar\.)?gz$/.test(source) || source.startsWith('.') || source.startsWith('/')) return undefined;
  const at = source.lastIndexOf('@');
  return at > 0
    ? { kind: 'registry', name: source.slice(0, at), version: source.slice(at + 1) }
    : { kind: 'registry', name: source };
}

function describe({ title, version, installedVersion, permissions, signer }: PluginInspection): string {
  const lines = permissions.map(({ text, change }) =>
    change === 'removed'
      ? `  (no longer) ${text}`
      : `  ${change === 'added' && installedVersion !== undefined ? '(new) ' : ''}${text}`,
  );
  const from = installedVersion === undefined ? '' : ` in the place of ${installedVersion}`;
  const signed =
    signer.state === 'trusted' ? `signed by ${signer.publisher ?? ''}` : 'signed by nobody this server trusts';
  return [
    `${title} ${version}${from}, ${signed}.`,
    ...(lines.length === 0 ? ['It asks for no permissions.'] : ['It asks to:', ...lines]),
  ].join('\n');
}
