import { fail, isJsonObject, ok, type JsonObject, type Problem, type Result } from '@fettle/base';
import type { TSchema } from 'typebox';
import type { App } from '../app.ts';
import { checkInvariants } from '../invariants/check-invariants.ts';
import { pointer } from '../json-pointer.ts';
import { accessSchema } from '../kinds/access.ts';
import { appDocumentSchema } from '../kinds/app.ts';
import { flowSchema } from '../kinds/flow.ts';
import { flowTestSchema } from '../kinds/flow-test.ts';
import { querySchema } from '../kinds/query.ts';
import { screenSchema } from '../kinds/screen.ts';
import { themeSchema } from '../kinds/theme.ts';
import { appLimits } from '../limits.ts';
import { documentMigrations, type DocumentKind } from '../migrate/document-migrations.ts';
import { migrateExtensions } from '../migrate/migrate-extensions.ts';
import { describeExtension, readVersions, type StoredVersions } from '../migrate/read-versions.ts';
import { usedExtensions } from '../migrate/used-extensions.ts';
import { migrate } from '../migrate/sequence.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { checkSchema } from './check-schema.ts';
import { deepFreeze } from './deep-freeze.ts';
import { guardJson } from './guard-json.ts';

/** What reading an app can make use of. */
export interface LoadOptions {
  /** Brings settings of installed extensions up to date. Without it they stay as they are stored. */
  readonly catalog?: ExtensionCatalog;
}

const schemaOf: Readonly<Record<DocumentKind, TSchema>> = {
  app: appDocumentSchema,
  screen: screenSchema,
  query: querySchema,
  flow: flowSchema,
  'flow-test': flowTestSchema,
  access: accessSchema,
  theme: themeSchema,
};

const members = ['format', 'versions', 'app', 'screens', 'queries', 'flows', 'flowTests', 'access', 'theme'];
const lists = [
  { member: 'screens', kind: 'screen', most: appLimits.screens },
  { member: 'queries', kind: 'query', most: appLimits.queries },
  { member: 'flows', kind: 'flow', most: appLimits.flows },
  { member: 'flowTests', kind: 'flow-test', most: appLimits.flowTests },
] as const;

/**
 * Reads an app from its single-document form (see `appToJson`): checks that it is plain JSON, migrates it to the
 * current versions, and checks schemas and invariants. Never throws; problems carry JSON pointers.
 */
export function parseApp(json: unknown, options: LoadOptions = {}): Result<App, readonly Problem[]> {
  const unsafe = guardJson(json);
  if (unsafe.length > 0) return fail(unsafe);
  if (!isJsonObject(json)) return fail([{ path: '', code: 'app.format', message: 'An app is a JSON object.' }]);
  const versions = readVersions(json, options.catalog);
  if (!versions.ok) return versions;
  const unknown = Object.keys(json).filter((key) => !members.includes(key));
  if (unknown.length > 0) {
    return fail(
      unknown.map((key) => ({
        path: pointer('', key),
        code: 'schema.unknown-key',
        message: `"${key}" does not belong here.`,
      })),
    );
  }
  const reader = new AppReader(versions.value, options.catalog);
  const app = reader.read(json);
  if (reader.problems.length > 0) return fail(reader.problems);
  const broken = checkInvariants(app);
  if (broken.length > 0) return fail(broken);
  const extensions = currentExtensions(app, versions.value.extensions, options.catalog);
  return ok(deepFreeze(Object.keys(extensions).length === 0 ? app : { ...app, extensions }));
}

/** Installed types are now at their current version; what is not installed keeps the stored one. */
function currentExtensions(
  app: App,
  stored: Readonly<Record<string, number>>,
  catalog: ExtensionCatalog | undefined,
): Readonly<Record<string, number>> {
  const versions = [...usedExtensions(app)].map((key) => {
    const kept = Object.hasOwn(stored, key) ? (stored[key] ?? 1) : 1;
    return [key, describeExtension(catalog, key)?.version ?? kept] as const;
  });
  return Object.fromEntries(versions.filter(([, version]) => version > 1));
}

/** Reads documents of known versions, each by itself; its problems name their places. */
export class AppReader {
  readonly problems: Problem[] = [];
  readonly #versions: StoredVersions;
  readonly #catalog: ExtensionCatalog | undefined;

  constructor(versions: StoredVersions, catalog: ExtensionCatalog | undefined) {
    this.#versions = versions;
    this.#catalog = catalog;
  }

  /** The app, if there are no problems. Until then its types are a promise. */
  read(json: JsonObject): App {
    const documents: Record<string, unknown> = {
      app: this.#document('app', json['app'], '/app'),
      access: this.#document('access', json['access'], '/access'),
      theme: this.#document('theme', json['theme'], '/theme'),
    };
    for (const { member, kind, most } of lists)
      documents[member] = this.#documents(kind, member === 'flowTests' ? (json[member] ?? {}) : json[member], {
        member,
        most,
      });
    return documents as unknown as App;
  }

  #documents(kind: DocumentKind, value: unknown, list: { readonly member: string; readonly most: number }): JsonObject {
    const path = `/${list.member}`;
    if (!isJsonObject(value)) {
      this.problems.push({ path, code: 'schema.type', message: `"${list.member}" must be an object: id → document.` });
      return {};
    }
    const entries = Object.entries(value);
    // Before anything costly: a flood of documents is refused by its number alone.
    if (entries.length > list.most) {
      const message = `An app can have ${list.most.toLocaleString('en')} ${list.member} at most; this has ${entries.length.toLocaleString('en')}.`;
      this.problems.push({ path, code: 'limit.count', message });
      return {};
    }
    return Object.fromEntries(entries.map(([id, document]) => [id, this.#document(kind, document, pointer(path, id))]));
  }

  #document(kind: DocumentKind, value: unknown, path: string): JsonObject {
    if (!isJsonObject(value)) {
      this.problems.push({ path, code: 'schema.type', message: `The ${kind} document must be an object.` });
      return {};
    }
    const document = this.#migrate(kind, value, path);
    this.problems.push(...checkSchema(schemaOf[kind], document, path));
    return document;
  }

  #migrate(kind: DocumentKind, stored: JsonObject, path: string): JsonObject {
    const from = this.#versions.documents[kind];
    let document = stored;
    try {
      document = migrate(documentMigrations[kind], stored, from);
    } catch {
      // A migration expects a valid document of its version; a broken one is told by the schema check that follows.
      this.problems.push({
        path,
        code: 'app.migration-failed',
        message: `This ${kind} does not fit version ${from} of its kind.`,
      });
    }
    if (kind !== 'screen' || this.#catalog === undefined) return document;
    return migrateExtensions(document, path, {
      catalog: this.#catalog,
      versions: this.#versions.extensions,
      problems: this.problems,
    });
  }
}
