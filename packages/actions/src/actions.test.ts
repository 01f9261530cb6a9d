import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { testFlowActionExtension, testFlowTriggerExtension, testFlowTriggerManifest } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { flowActionManifests, flowActions, flowTriggerManifests, flowTriggers } from './index.ts';
import { examples } from './testing/examples.ts';

const iconFolder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@tabler/icons-react/package.json')),
  'dist/esm/icons',
);

function hasIcon(name: string): boolean {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return existsSync(path.join(iconFolder, `Icon${words.join('')}.mjs`));
}

describe('the lists of the package', () => {
  it('hold the same manifests with and without code, without doubles', () => {
    const ids = flowActions.map(({ manifest }) => manifest.id);
    expect(flowActionManifests.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(examples).toSorted()).toEqual(ids.toSorted());
  });

  it('have code for each trigger that the server keeps at work', () => {
    const kept = flowTriggerManifests.filter(({ source }) => source === 'poll' || source === 'listen');
    expect(flowTriggers.map(({ manifest }) => manifest)).toEqual(kept);
  });

  it('keep each action in the folder of its name', () => {
    for (const { manifest } of flowActions) {
      const folder = path.join(import.meta.dirname, manifest.id.replace('core/', ''));
      expect(existsSync(path.join(folder, 'manifest.ts')), folder).toBe(true);
      expect(existsSync(path.join(folder, 'server.ts')), folder).toBe(true);
    }
  });
});

for (const extension of flowActions) {
  testFlowActionExtension(extension, {
    hasIcon,
    example: () => examples[extension.manifest.id]?.() ?? {},
  });
}

for (const extension of flowTriggers) testFlowTriggerExtension(extension, { hasIcon });
const kept: ReadonlySet<string> = new Set(flowTriggers.map(({ manifest }) => manifest.id));
for (const manifest of flowTriggerManifests) if (!kept.has(manifest.id)) testFlowTriggerManifest(manifest, { hasIcon });
