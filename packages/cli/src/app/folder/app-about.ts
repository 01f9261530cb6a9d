import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, inputError } from '@fettle/base';
import type { DataSourceInfo } from '@fettle/contract';
import { checkSchema, dataSourcesOf, type App } from '@fettle/definition';
import { Type, type Static } from 'typebox';

/** Name of the file beside an app's own. */
export const aboutFile = 'fettle.app.json';

const aboutSchema = Type.Object({
  format: Type.Literal('fettle/app-folder'),
  /** The data sources that the app names by id: by name they are found again in another workspace. */
  dataSources: Type.Record(Type.String(), Type.Object({ name: Type.String(), connector: Type.String() })),
});

/** What a folder says besides the definition: goes into version control with it. */
export type AppAbout = Static<typeof aboutSchema>;

/** Describes the data sources of an app. */
export function aboutApp(app: App, dataSources: readonly DataSourceInfo[]): AppAbout {
  const named = dataSourcesOf(app).flatMap((id) => {
    const found = dataSources.find((source) => source.id === id);
    return found === undefined ? [] : [[id, { name: found.name, connector: found.connector }] as const];
  });
  return { format: 'fettle/app-folder', dataSources: Object.fromEntries(named) };
}

/** The text of the file: equal content gives equal bytes. */
export function aboutText(about: AppAbout): string {
  return canonicalJson(about, ['format', 'name']);
}

/** Reads the file of a folder. Without one nothing is known of its data sources. */
export async function readAbout(folder: string): Promise<AppAbout> {
  const text = await readFile(join(folder, aboutFile), 'utf8').catch(() => undefined);
  return text === undefined ? { format: 'fettle/app-folder', dataSources: {} } : parseAbout(text);
}

/** Reads its text. */
export function parseAbout(text: string): AppAbout {
  try {
    const json: unknown = JSON.parse(text);
    if (checkSchema(aboutSchema, json, '').length === 0) return json as AppAbout;
  } catch {
    // Told below, like every other form that does not fit.
  }
  throw inputError({
    code: 'folder.about-damaged',
    message: `${aboutFile} does not have the right form.`,
    hint: 'Restore it, or pull the app again.',
  });
}
