import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.ts';
import { installedPackages } from './installed-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What an installation consists of, as in the repository, so that files find each other by the same paths: the built
 * pages, server and command, the packages that stay outside of their bundles, the pinned Node.js, and what comes along.
 */
const parts: readonly string[] = [
  'packages/standalone/dist/server',
  'packages/standalone/dist/renderer',
  'packages/standalone/dist/web',
  'packages/standalone/package.json',
  'packages/cli/dist',
  'packages/cli/package.json',
  'templates',
  'docs/settings.md',
  'docs/cli.md',
  'LICENSE',
];

/** Needed to write plugins, not to run Fettle. */
const developmentOnly: readonly string[] = ['vite', 'vitest'];

const command = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node" "$here/../packages/cli/dist/fettle.js" "$@"
`;

/** Assembles a folder that runs without pnpm, without the repository and without a package registry. */
export async function assemblePackage(target: string): Promise<void> {
  await buildIfNeeded();
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'bin'), { recursive: true });
  for (const part of parts.filter((path) => existsSync(join(root, path)))) copy(part, target);
  const bundles = ['packages/standalone/dist/server', 'packages/cli/dist'].map((path) => join(root, path));
  for (const place of installedPackages(root, bundles, developmentOnly)) copy(place, target);
  copyFileSync(join(root, 'node_modules/node/bin/node'), join(target, 'bin/node'));
  writeFileSync(join(target, 'bin/fettle'), command);
  for (const name of ['node', 'fettle']) chmodSync(join(target, 'bin', name), 0o755);
}

function copy(path: string, target: string): void {
  const to = join(target, path);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, path), to, {
    recursive: true,
    // Links of packages to each other stay links: they are relative.
    verbatimSymlinks: true,
    // Nothing of this is read at run time.
    filter: (file) => !/\.(?:map|d\.[cm]?ts)$/.test(file),
  });
}

if (import.meta.main) {
  process.chdir(root);
  const target = resolve(process.argv[2] ?? 'dist/package');
  await assemblePackage(target);
  console.log(`Fettle lies in ${target}. Run it: ${join(target, 'bin/fettle')} server start`);
}
