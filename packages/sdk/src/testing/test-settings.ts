import type { Manifest } from '../manifest/manifest.ts';
import { propertiesOf } from './schema-paths.ts';

/**
 * The settings of a fresh component as its implementation gets them: every default filled in, deferred settings as
 * functions. `overrides` replaces values; give functions for deferred settings.
 */
export function testSettings(
  manifest: Manifest,
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(propertiesOf(manifest.settings))) {
    if (property.default === undefined) continue;
    const value = structuredClone(property.default);
    defaults[name] = property.ui?.deferred === undefined ? value : () => value;
  }
  return { ...defaults, ...overrides };
}
