import { isJsonObject } from '@fettle/base';
import {
  libraryNamesIn,
  libraryPrefix,
  parseLibrary,
  type LibraryDefinitions,
  type ParsedLibrary,
} from '@fettle/expression';
import type { App } from '../app.ts';
import type { ClientApp } from '../compiled.ts';

/** The functions of one plugin that texts anywhere in a value may call, by the names they are called by. */
export function calledOfPlugin(value: unknown, pluginId: string): readonly string[] {
  return calledFunctions(value).filter((name) => name.startsWith(libraryPrefix(pluginId)));
}

/** The names of library functions that texts anywhere in a value may call; sorted, each once. */
function calledFunctions(value: unknown): readonly string[] {
  const names = new Set<string>();
  collect(value, names);
  return [...names].sort();
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value === 'string') for (const name of libraryNamesIn(value)) names.add(name);
  else if (Array.isArray(value)) for (const item of value) collect(item, names);
  else if (isJsonObject(value)) for (const item of Object.values(value)) collect(item, names);
}

/** Of `all` those that a value calls, and those that these call in turn; undefined when it calls none. */
function functionsFor(value: unknown, all: LibraryDefinitions | undefined): LibraryDefinitions | undefined {
  if (all === undefined) return undefined;
  const found = new Map<string, LibraryDefinitions[string]>();
  const left = [...calledFunctions(value)];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (found.has(name) || !Object.hasOwn(all, name)) continue;
    const definition = all[name] as LibraryDefinitions[string];
    found.set(name, definition);
    left.push(...libraryNamesIn(definition.expression));
  }
  return found.size === 0 ? undefined : Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An app with those of `all` that it calls: of a draft, what is installed; of a release, what was when it was made. */
export function withFunctions(app: App, all: LibraryDefinitions | undefined): App {
  const { functions: before, ...rest } = app;
  const { extensions: _extensions, ...documents } = rest;
  const functions = functionsFor(documents, all);
  if (functions === undefined) return before === undefined ? app : rest;
  return { ...rest, functions };
}

/** What of an app's functions its browser needs for what it was sent: parsed, as browsers have no parser. */
export function clientFunctions(
  client: Omit<ClientApp, 'functions'>,
  functions: LibraryDefinitions | undefined,
): ParsedLibrary | undefined {
  const needed = functionsFor(client, functions);
  return needed === undefined ? undefined : parseLibrary(needed);
}
