import { fail, isJsonObject, ok, type Problem, type Result } from '@fettle/base';
import { pointer } from '../json-pointer.ts';
import type { ExtensionCatalog, ExtensionDescription } from '../uses.ts';
import { documentKinds, documentMigrations, laterKinds, type DocumentKind } from './document-migrations.ts';

/** The format's name in every stored app. */
export const appFormat = 'fettle/app';

/** Versions a stored app was written with. */
export interface StoredVersions {
  readonly documents: Readonly<Record<DocumentKind, number>>;
  /** `component:<type>` and `event-action:<type>` → version; 1 when absent. */
  readonly extensions: Readonly<Record<string, number>>;
}

/** The key of an extension's settings version. */
export function extensionKey(kind: 'component' | 'event-action', type: string): string {
  return `${kind}:${type}`;
}

/** What the catalog knows of a versioned extension key. */
export function describeExtension(
  catalog: ExtensionCatalog | undefined,
  key: string,
): ExtensionDescription | undefined {
  const colon = key.indexOf(':');
  const type = key.slice(colon + 1);
  return key.startsWith('component:') ? catalog?.component(type) : catalog?.eventAction(type);
}

/** Reads `format` and `versions`, and refuses what was written by a newer Fettle or a newer extension. */
export function readVersions(
  header: Readonly<Record<string, unknown>>,
  catalog: ExtensionCatalog | undefined,
): Result<StoredVersions, readonly Problem[]> {
  if (header['format'] !== appFormat) {
    return fail([
      { path: '/format', code: 'app.format', message: `This is not an app: "format" must be "${appFormat}".` },
    ]);
  }
  const { versions } = header;
  if (!isJsonObject(versions)) {
    return fail([
      { path: '/versions', code: 'app.versions', message: '"versions" must name the version of each document kind.' },
    ]);
  }
  const problems: Problem[] = [];
  const documents: Partial<Record<DocumentKind, number>> = {};
  const extensions: Record<string, number> = {};
  for (const [key, version] of Object.entries(versions)) {
    const problem = checkVersion(key, version, catalog);
    if (problem !== undefined) problems.push({ path: pointer('/versions', key), ...problem });
    else if (isDocumentKind(key)) documents[key] = version as number;
    else extensions[key] = version as number;
  }
  for (const kind of documentKinds) {
    if (versions[kind] !== undefined) continue;
    if (laterKinds.has(kind)) documents[kind] = 1;
    else {
      problems.push({
        path: `/versions/${kind}`,
        code: 'app.versions',
        message: `The version of "${kind}" is missing.`,
      });
    }
  }
  return problems.length > 0
    ? fail(problems)
    : ok({ documents: documents as Readonly<Record<DocumentKind, number>>, extensions });
}

function isDocumentKind(key: string): key is DocumentKind {
  return (documentKinds as readonly string[]).includes(key);
}

function checkVersion(
  key: string,
  version: unknown,
  catalog: ExtensionCatalog | undefined,
): Omit<Problem, 'path'> | undefined {
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    return { code: 'app.versions', message: `The version of "${key}" must be a whole number from 1.` };
  }
  if (isDocumentKind(key)) {
    const { current } = documentMigrations[key];
    return version <= current ? undefined : newer(`The ${key} documents of this app`, version, current);
  }
  if (!/^(?:component|event-action):./.test(key)) {
    return { code: 'app.version-unknown', message: `This Fettle knows no document kind "${key}". A newer one may.` };
  }
  const extension = describeExtension(catalog, key);
  if (extension === undefined || version <= extension.version) return undefined;
  return newer(`The settings of "${extension.title}" (${extension.id})`, version, extension.version);
}

function newer(what: string, version: number, current: number): Omit<Problem, 'path'> {
  return {
    code: 'app.version-newer',
    message: `${what} have version ${version}, written by something newer; this installation reads up to ${current}. Update it first.`,
  };
}
