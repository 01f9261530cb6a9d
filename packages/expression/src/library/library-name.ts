/** How the name of a library function looks: `$` and the library's name, a dot, the function's name. */
export const libraryNamePattern = /\$[A-Za-z][A-Za-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*/g;

/**
 * The name by which expressions call what has an id such as `it-operations/ip-in-network`: `$itOperations.ipInNetwork`.
 * Different ids have different names: a hyphen before a letter becomes a capital, before a digit an underscore.
 */
export function libraryName(id: string): string {
  const [plugin = '', name = ''] = id.split('/');
  return `${libraryPrefix(plugin)}${joined(name)}`;
}

/** What the names of all functions of a plugin begin with: `$itOperations.`. */
export function libraryPrefix(pluginId: string): string {
  return `$${joined(pluginId)}.`;
}

function joined(part: string): string {
  return part.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()).replaceAll('-', '_');
}

/** The names of library functions that a text may call. It may name more than the text calls, never less. */
export function libraryNamesIn(text: string): readonly string[] {
  return text.includes('$') ? (text.match(libraryNamePattern) ?? []) : [];
}
