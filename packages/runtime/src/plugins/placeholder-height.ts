import type { ComponentManifest } from '@fettle/sdk';

/** How tall the place of a component is before it is there, in pixels. */
export function placeholderHeight(
  manifest: Pick<ComponentManifest, 'placeholder'> | undefined,
  settings: Readonly<Record<string, unknown>>,
): number | undefined {
  const { height, setting } = manifest?.placeholder ?? {};
  const chosen = setting === undefined ? undefined : settings[setting];
  return typeof chosen === 'number' && chosen > 0 ? chosen : height;
}
