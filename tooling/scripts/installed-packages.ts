import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const store = 'node_modules/.pnpm';

/**
 * The folders of pnpm's store that bundles import from, with all that these depend on, as paths in the repository.
 * Packages in `leftOut` are not followed.
 */
export function installedPackages(
  root: string,
  bundles: readonly string[],
  leftOut: readonly string[],
): readonly string[] {
  const found = new Set<string>();
  const waiting = bundles.flatMap((folder) => importedFolders(root, folder, leftOut));
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    waiting.push(...dependencies(root, folder));
  }
  return [...found].toSorted();
}

/** What the files of a bundle import that was left outside of it. */
function importedFolders(root: string, bundle: string, leftOut: readonly string[]): readonly string[] {
  const files = readdirSync(bundle).filter((name) => name.endsWith('.js'));
  return files.flatMap((name) => {
    const text = readFileSync(join(bundle, name), 'utf8');
    const paths = [...text.matchAll(/["'](\.\.\/[^"'\n]*node_modules\/\.pnpm\/[^"'\n]+)["']/g)];
    return paths.flatMap(([, path = '']) => {
      const within = relative(root, resolve(bundle, path)).split(sep).join('/');
      const packageName = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(within.slice(store.length))?.[1] ?? '';
      return leftOut.includes(packageName) ? [] : [storeFolder(within)];
    });
  });
}

/** Beside a package in its folder of the store lie links to what it depends on. */
function dependencies(root: string, folder: string): readonly string[] {
  const links = readdirSync(join(root, folder, 'node_modules'), { recursive: true, withFileTypes: true });
  return links
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) =>
      relative(root, realpathSync(join(entry.parentPath, entry.name)))
        .split(sep)
        .join('/'),
    )
    .filter((path) => path.startsWith(`${store}/`))
    .map(storeFolder);
}

function storeFolder(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}
