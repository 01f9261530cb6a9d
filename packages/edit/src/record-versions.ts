import {
  componentExtensions,
  screenEventExtensions,
  type App,
  type ExtensionCatalog,
  type ExtensionDescription,
} from '@fettle/definition';
import type { AppDraft } from './define-command.ts';

/**
 * Notes the settings version of extension types that a change brought into the app, so that the stored app says
 * which version its settings have. Version 1 goes without saying.
 */
export function recordVersions(before: App, after: App, draft: AppDraft, catalog: ExtensionCatalog): void {
  for (const key of addedExtensions(before, after)) {
    const version = describe(catalog, key)?.version ?? 1;
    if (version <= 1 || after.extensions?.[key] !== undefined) continue;
    draft.extensions ??= {};
    draft.extensions[key] = version;
  }
}

function addedExtensions(before: App, after: App): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [id, screen] of Object.entries(after.screens)) {
    const old = before.screens[id];
    if (old === screen) continue;
    if (old?.events !== screen.events) screenEventExtensions(screen).forEach((key) => keys.add(key));
    if (old?.components === screen.components) continue;
    for (const [componentId, component] of Object.entries(screen.components)) {
      if (old?.components[componentId] !== component) componentExtensions(component).forEach((key) => keys.add(key));
    }
  }
  return keys;
}

function describe(catalog: ExtensionCatalog, key: string): ExtensionDescription | undefined {
  const type = key.slice(key.indexOf(':') + 1);
  return key.startsWith('component:') ? catalog.component(type) : catalog.eventAction(type);
}
