// @vitest-environment happy-dom
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { testComponentExtension, testEventActionExtension } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { components, eventActions } from './index.ts';
import { componentManifests, eventActionManifests } from './manifests.ts';
import { renderSettled } from './testing/render-component.tsx';

const iconFolder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@tabler/icons-react/package.json')),
  'dist/esm/icons',
);

function hasIcon(name: string): boolean {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return existsSync(path.join(iconFolder, `Icon${words.join('')}.mjs`));
}

describe('the lists of the package', () => {
  it('hold the same manifests with and without code, sorted and without doubles', () => {
    const ids = components.map((extension) => extension.manifest.id);
    expect(componentManifests.map((manifest) => manifest.id)).toEqual(ids);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    const actions = eventActions.map((extension) => extension.manifest.id);
    expect(eventActionManifests.map((manifest) => manifest.id)).toEqual(actions);
    expect(actions).toEqual([...new Set(actions)].toSorted());
  });

  it('know every component type that a starter asks for', () => {
    const ids = new Set(componentManifests.map((manifest) => manifest.id));
    for (const { starter } of componentManifests) {
      for (const child of Object.values(starter ?? {}).flat()) expect(ids).toContain(child.type);
    }
  });
});

for (const extension of components) testComponentExtension(extension, { hasIcon, render: renderSettled });
for (const extension of eventActions) testEventActionExtension(extension, { hasIcon });
