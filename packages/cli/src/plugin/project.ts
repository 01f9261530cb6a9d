import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError, isJsonObject } from '@fettle/base';
import { pluginFile } from '@fettle/sdk/plugin';

/** A folder in which a plugin is written. */
export interface PluginProject {
  readonly folder: string;
  /** What its `fettle.plugin.json` says; what the plugin brings is added when it is built. */
  readonly head: Readonly<Record<string, unknown>>;
}

/** The module that exports what a plugin brings to the server. */
export const projectEntry = 'src/plugin.ts';
/** The module that exports the components that it brings. */
export const componentsEntry = 'src/components.ts';
/** The module that exports the functions that it brings. */
export const functionsEntry = 'src/functions.ts';

/** Reads a project, or says what is missing. */
export async function readProject(base: string, folder: string | undefined): Promise<PluginProject> {
  const place = resolve(base, folder ?? '.');
  const text = await readFile(join(place, pluginFile), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new AppError('not-found', {
      code: 'plugin.no-project',
      message: `There is no ${pluginFile} in ${place}.`,
      hint: 'Go to the folder of a plugin, or make one: fettle plugin create',
    });
  return { folder: place, head: parseHead(text) };
}

function parseHead(text: string): PluginProject['head'] {
  try {
    const json = JSON.parse(text) as unknown;
    if (isJsonObject(json)) return json;
  } catch (cause) {
    throw new AppError('input', {
      code: 'plugin.manifest-invalid',
      message: `${pluginFile} is not JSON: ${(cause as Error).message}`,
      hint: 'Correct it, then try again.',
    });
  }
  throw new AppError('input', {
    code: 'plugin.manifest-invalid',
    message: `${pluginFile} must hold one object.`,
    hint: 'See the guide "Write a plugin".',
  });
}
