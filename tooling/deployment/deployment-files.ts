import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file by its path in the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The files below a folder, as paths in the repository. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('secrets'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

/** The documents of a file in YAML. Throws what is wrong with it. */
export function readYaml(path: string): readonly unknown[] {
  return parseAllDocuments(readText(path), { merge: true }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  });
}

/** What stands at a path within a document: `at(pod, 'spec', 'containers', 0)`. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((place, key) => (place as Record<string | number, unknown> | undefined)?.[key], json);
}

/** The value of an instruction of the Dockerfile's last stage. */
export function instruction(name: string): string {
  const lines = readText('docker/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  return lines.findLast((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
}
