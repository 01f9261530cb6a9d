import { readFileSync } from 'node:fs';

interface PackageRule {
  readonly layer: number;
  readonly host: 'any' | 'node' | 'browser';
  readonly mayImport: '*' | readonly string[];
}

interface LayerTable {
  readonly packages: Readonly<Record<string, PackageRule>>;
  readonly libraries: Readonly<Record<string, string | readonly string[]>>;
}

/** The table of `tooling/layers.json`. */
export const layerTable: LayerTable = JSON.parse(
  readFileSync(new URL('../layers.json', import.meta.url), 'utf8'),
) as LayerTable;

/** Where a file stands: its package, its path within it, and whether it is a test. */
export interface FilePlace {
  readonly packageName: string;
  readonly path: string;
  readonly isTest: boolean;
}

/** Reads the place of a file from its path. Undefined outside `packages/` and `plugins/`, which are one package here. */
export function placeOf(filename: string): FilePlace | undefined {
  const path = filename.replaceAll('\\', '/');
  const plugin = /(?:^|\/)plugins\/[^/]+\/(src\/.+)$/.exec(path);
  const isPlugin = plugin !== null && !path.includes('/packages/');
  const match = isPlugin ? [path, 'plugins', plugin[1]] : /(?:^|\/)packages\/([^/]+)\/(.+)$/.exec(path);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const isTest = /\.(test|prop\.test)\.tsx?$|(^|\/)(test|testing)\//.test(match[2]);
  return { packageName: match[1], path: match[2], isTest };
}

/** What is wrong with an import, or undefined. */
export function complaintAboutImport(place: FilePlace, specifier: string): string | undefined {
  if (specifier.startsWith('@fettle/')) return complaintAboutPackage(place, specifier);
  if (specifier.startsWith('.')) return complaintAboutRelative(place, specifier);
  return complaintAboutLibrary(place, specifier);
}

function complaintAboutPackage(place: FilePlace, specifier: string): string | undefined {
  const [, name = '', ...rest] = specifier.split('/');
  const rule = layerTable.packages[place.packageName];
  if (rule === undefined)
    return `The package "${place.packageName}" is not in tooling/layers.json. Add it there first.`;
  if (layerTable.packages[name] === undefined) return `There is no package "@fettle/${name}" in tooling/layers.json.`;
  if (rest[0] === 'src') return `Import "@fettle/${name}" through its entry, not its files.`;
  if (name === place.packageName) return 'Import your own package by relative paths.';
  if (rule.mayImport === '*' || rule.mayImport.includes(name)) return undefined;
  if (place.isTest && name === 'testing') return undefined;
  return `"${place.packageName}" may not import "${name}": imports go down only (${rule.mayImport.join(', ') || 'nothing'}).`;
}

function complaintAboutRelative(place: FilePlace, specifier: string): string | undefined {
  const depth = place.path.split('/').length;
  const ups = specifier.split('/').filter((part) => part === '..').length;
  return ups >= depth ? 'A relative import leaves the package. Import the other package by name.' : undefined;
}

function complaintAboutLibrary(place: FilePlace, specifier: string): string | undefined {
  const rule = Object.entries(layerTable.libraries).find(
    ([library]) => library === specifier || specifier.startsWith(`${library}/`),
  );
  if (rule === undefined || typeof rule[1] === 'string' || place.isTest) return undefined;
  const here = `${place.packageName}/${place.path}`;
  const isAllowed = rule[1].some((allowed) =>
    allowed.includes('**')
      ? here.startsWith(allowed.slice(0, allowed.indexOf('**'))) &&
        here.endsWith(allowed.slice(allowed.indexOf('**') + 2))
      : here.startsWith(`${allowed}/`),
  );
  return isAllowed ? undefined : `Only ${rule[1].join(', ')} may import "${rule[0]}".`;
}
