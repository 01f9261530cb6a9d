import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import { expect, it } from 'vitest';
import type { ExtensionUses } from '@fettle/definition';
import type { Manifest } from '../manifest/manifest.ts';
import { hasSettingPath, propertiesOf, type PlainSchema } from './schema-paths.ts';

/** What the checks of a manifest are told by the package that runs them. */
export interface ManifestTestOptions {
  /** True when the icon set of the product has this icon. */
  hasIcon?(name: string): boolean;
}

/** Registers the checks that hold for manifests of every kind. Call inside `describe`. */
export function testManifest(
  manifest: Manifest & { readonly uses?: ExtensionUses },
  options: ManifestTestOptions,
): void {
  const properties = Object.entries(propertiesOf(manifest.settings));

  it('names itself: id, version, title, description, icon, category', () => {
    expect(manifest.id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
    expect(manifest.version).toBeGreaterThanOrEqual(1);
    expect(manifest.migrations?.length ?? 0).toBe(manifest.version - 1);
    expect(manifest.title).toMatch(/^[A-Z]/);
    expect(manifest.description).toMatch(/^[A-Z].*\.$/s);
    expect(manifest.category).toMatch(/^[A-Z]/);
    if (options.hasIcon !== undefined)
      expect(options.hasIcon(manifest.icon), `icon ${manifest.icon} exists`).toBe(true);
  });

  it('is plain data apart from its migrations', () => {
    const { migrations, ...rest } = manifest;
    expect(() => structuredClone(rest)).not.toThrow();
    expect(migrations ?? []).toSatisfy((list: readonly unknown[]) => list.every((step) => typeof step === 'function'));
  });

  it('gives every setting a title, and hints that point at existing settings', () => {
    const names = new Set(properties.map(([name]) => name));
    for (const [name, property] of properties) {
      expect(property.title, `title of ${name}`).toMatch(/^[A-Z]/);
      const referred = [property.ui?.when?.setting, property.ui?.of].filter((value) => value !== undefined);
      for (const other of referred) {
        expect(names.has(other.split('/')[0] ?? ''), `${name} points at ${other}`).toBe(true);
      }
      expectLabelsOfChoices(name, property);
    }
  });

  it('has defaults that fit the schema', () => {
    for (const [name, property] of properties) {
      if (property.default === undefined) continue;
      expect(Value.Check(property as unknown as TSchema, property.default), `default of ${name}`).toBe(true);
    }
  });

  it('declares uses on paths that exist', () => {
    for (const path of usedPaths(manifest.uses)) {
      expect(hasSettingPath(manifest.settings, path), `path ${path}`).toBe(true);
    }
  });
}

function expectLabelsOfChoices(name: string, property: PlainSchema): void {
  if (property.enum === undefined || property.ui?.labels === undefined) return;
  for (const label of Object.keys(property.ui.labels)) {
    expect(property.enum, `labels of ${name}`).toContain(label);
  }
}

function usedPaths(uses: ExtensionUses | undefined): readonly string[] {
  if (uses === undefined) return [];
  const tables = (uses.tables ?? []).flatMap((use) => [
    use.setting,
    ...(use.columns ?? []),
    ...(use.when === undefined ? [] : [use.when.setting]),
  ]);
  return [
    ...tables,
    ...(uses.queries ?? []),
    ...(uses.screens ?? []),
    ...(uses.components ?? []),
    ...(uses.states ?? []),
    ...(uses.flows ?? []),
  ];
}
