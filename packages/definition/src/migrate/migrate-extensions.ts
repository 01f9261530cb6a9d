import { isJsonObject, type Json, type JsonObject, type Problem } from '@fettle/base';
import { pointer } from '../json-pointer.ts';
import type { ExtensionCatalog, ExtensionDescription } from '../uses.ts';
import { extensionKey } from './read-versions.ts';

/** What bringing the settings of one screen up to date needs and gives. */
interface Migrator {
  readonly catalog: ExtensionCatalog;
  readonly versions: Readonly<Record<string, number>>;
  readonly problems: Problem[];
}

/**
 * Brings the settings of components and event actions of a screen to the versions of the installed extensions.
 * Types that are not installed stay as they are. The screen is not validated yet, so nothing is taken for granted.
 */
export function migrateExtensions(screen: JsonObject, path: string, migrator: Migrator): JsonObject {
  const { components, events } = screen;
  const migrated: Record<string, Json> = { ...screen };
  if (isJsonObject(events)) migrated['events'] = migrateEvents(events, `${path}/events`, migrator);
  if (isJsonObject(components)) {
    migrated['components'] = mapMembers(components, (component, id) =>
      isJsonObject(component) ? migrateComponent(component, pointer(`${path}/components`, id), migrator) : component,
    );
  }
  return migrated;
}

function migrateComponent(component: JsonObject, path: string, migrator: Migrator): JsonObject {
  const { type, events } = component;
  if (typeof type !== 'string') return component;
  const migrated = migrateSettings(component, path, {
    migrator,
    extension: migrator.catalog.component(type),
    key: extensionKey('component', type),
  });
  return isJsonObject(events) ? { ...migrated, events: migrateEvents(events, `${path}/events`, migrator) } : migrated;
}

function migrateEvents(events: JsonObject, path: string, migrator: Migrator): JsonObject {
  return mapMembers(events, (actions, event) => migrateActions(actions, pointer(path, event), migrator));
}

function migrateActions(actions: Json, path: string, migrator: Migrator): Json {
  if (!Array.isArray(actions)) return actions;
  return actions.map((action: Json, index) => {
    if (!isJsonObject(action) || typeof action['type'] !== 'string') return action;
    const place = `${path}/${index}`;
    const migrated: Record<string, Json> = {
      ...migrateSettings(action, place, {
        migrator,
        extension: migrator.catalog.eventAction(action['type']),
        key: extensionKey('event-action', action['type']),
      }),
    };
    for (const key of ['onSuccess', 'onError']) {
      if (migrated[key] !== undefined) migrated[key] = migrateActions(migrated[key], `${place}/${key}`, migrator);
    }
    return migrated;
  });
}

function migrateSettings(
  holder: JsonObject,
  path: string,
  subject: { readonly migrator: Migrator; readonly extension: ExtensionDescription | undefined; readonly key: string },
): JsonObject {
  const { extension, migrator, key } = subject;
  const from = Object.hasOwn(migrator.versions, key) ? (migrator.versions[key] ?? 1) : 1;
  const { settings } = holder;
  if (extension === undefined || from >= extension.version || !isJsonObject(settings)) return holder;
  const steps = (extension.migrations ?? []).slice(from - 1, extension.version - 1);
  if (steps.length < extension.version - from) {
    migrator.problems.push({
      path: `${path}/settings`,
      code: 'extension.migration-missing',
      message: `"${extension.title}" has no migration from version ${from} of its settings to ${extension.version}.`,
    });
    return holder;
  }
  // Migrations of extensions are code of others: one that throws is a problem of this place, not of the caller.
  try {
    const migrated = steps.reduce<Record<string, unknown>>((current, step) => step(current), { ...settings });
    return { ...holder, settings: migrated as JsonObject };
  } catch (error) {
    migrator.problems.push({
      path: `${path}/settings`,
      code: 'extension.migration-failed',
      message: `"${extension.title}" could not bring these settings up to date: ${error instanceof Error ? error.message : 'unknown reason'}.`,
    });
    return holder;
  }
}

function mapMembers(object: JsonObject, map: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
