import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { iconNames } from '@fettle/components';
import { connectors } from '@fettle/connectors';
import { describe, expect, it } from 'vitest';

describe('the icons of what is built in', () => {
  it('are all drawn: the set has them', () => {
    const manifests = [...flowActionManifests, ...flowTriggerManifests, ...connectors.map(({ manifest }) => manifest)];
    const missing = manifests.map(({ icon }) => icon).filter((icon) => !iconNames.includes(icon));
    expect([...new Set(missing)]).toEqual([]);
  });
});
