import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError } from '@fettle/base';
import { routes, type DataSourceInfo } from '@fettle/contract';
import { dataSourcesOf, loadApp } from '@fettle/definition';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { findWorkspace } from '../connection/find-workspace.ts';
import { unpackFiles } from './archive.ts';
import { aboutFile, parseAbout, readAbout, type AppAbout } from './folder/app-about.ts';
import { cannot, readAppFiles } from './folder/app-folder.ts';

/** Options of `fettle app import`. */
interface ImportOptions {
  readonly source: string;
  readonly name: string | undefined;
  readonly map: readonly string[];
}

/** Makes an app out of files. */
export async function importApp(context: CommandContext, options: ImportOptions): Promise<CommandResult> {
  const { files, about } = await readSource(resolve(context.folder, options.source));
  const loaded = loadApp(files);
  if (!loaded.ok) {
    throw inputError({
      code: 'folder.invalid',
      message: `The app in ${options.source} cannot be used.`,
      hint: 'Correct it; fettle app validate shows each problem with its line.',
      problems: loaded.error,
    });
  }
  const { client } = await context.connect();
  const workspace = await findWorkspace(client);
  const { dataSources: ours } = await client.call(routes.dataSources.list, { params: { workspaceId: workspace.id } });
  const mapping = await mapSources(context, { theirs: dataSourcesOf(loaded.value), about, ours, map: options.map });
  const { app } = await client.call(routes.apps.create, {
    params: { workspaceId: workspace.id },
    body: {
      name: options.name ?? loaded.value.app.name,
      from: { kind: 'definition', files: { ...files }, dataSources: mapping },
    },
  });
  return {
    data: { app, dataSources: mapping },
    text: `${app.name} was made: ${app.slug}. It is not published yet: fettle app publish --app ${app.slug}`,
  };
}

async function readSource(
  source: string,
): Promise<{ readonly files: Readonly<Record<string, string>>; readonly about: AppAbout }> {
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw cannot('read', source, error);
    },
  );
  if (isFolder) return { files: await readAppFiles(source), about: await readAbout(source) };
  const { [aboutFile]: about, ...files } = unpackFiles(await readFile(source));
  return { files, about: parseAbout(about ?? '{"format":"fettle/app-folder","dataSources":{}}') };
}

interface Sources {
  readonly theirs: readonly string[];
  readonly about: AppAbout;
  readonly ours: readonly DataSourceInfo[];
  readonly map: readonly string[];
}

async function mapSources(context: CommandContext, sources: Sources): Promise<Record<string, string>> {
  const { theirs, about, ours } = sources;
  const given = readMap(sources);
  const mapping: Record<string, string> = {};
  const unclear: string[] = [];
  for (const id of theirs) {
    const known = about.dataSources[id];
    const name = known?.name ?? id;
    const same = ours.filter((one) => one.name === known?.name && one.connector === known.connector);
    const found = given.get(id) ?? given.get(name) ?? (ours.some((one) => one.id === id) ? id : undefined);
    if (found !== undefined) mapping[id] = found;
    else if (same.length === 1 && same[0] !== undefined) mapping[id] = same[0].id;
    else if (context.output.isInteractive && ours.length > 0) mapping[id] = await choose(context, name, ours);
    else unclear.push(name);
  }
  if (unclear.length === 0) return mapping;
  const names = ours.map((one) => one.name).join(', ') || 'none';
  throw inputError({
    code: 'import.data-sources',
    message: `Which data sources take the place of these is not clear: ${unclear.join(', ')}.`,
    hint: `Say it: ${unclear.map((name) => `--map "${name}=…"`).join(' ')}. This workspace has: ${names}.`,
    details: { unclear },
  });
}

function readMap({ map, ours }: Sources): ReadonlyMap<string, string> {
  return new Map(
    map.map((entry) => {
      const equals = entry.indexOf('=');
      const [their, our] = [entry.slice(0, equals).trim(), entry.slice(equals + 1).trim()];
      const found = ours.filter((one) => one.id === our || one.name === our);
      if (equals > 0 && found.length === 1 && found[0] !== undefined) return [their, found[0].id] as const;
      throw inputError({
        code: 'import.map',
        message:
          found.length > 1
            ? `There are several data sources "${our}": use the id.`
            : `--map "${entry}" names none of our data sources.`,
        hint: `Write --map "<theirs>=<ours>". There is: ${ours.map(({ name, id }) => `${name} (${id})`).join(', ') || 'none'}.`,
      });
    }),
  );
}

async function choose(context: CommandContext, name: string, ours: readonly DataSourceInfo[]): Promise<string> {
  const list = ours.map((one, index) => `  ${index + 1}. ${one.name} (${one.connector})`).join('\n');
  context.output.note(`Which data source takes the place of "${name}"?\n${list}`);
  for (;;) {
    const answer = Number(await context.output.ask(`1 to ${ours.length}:`));
    const chosen = ours[answer - 1];
    if (chosen !== undefined) return chosen.id;
  }
}
