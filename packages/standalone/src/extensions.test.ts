import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { iconNames } from '@fettle/components';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { connectorManifests } from '@fettle/connectors';
import { expect, it } from 'vitest';

it('every built-in extension has an icon that can be drawn', () => {
  const all = [
    ...componentManifests,
    ...eventActionManifests,
    ...connectorManifests,
    ...flowActionManifests,
    ...flowTriggerManifests,
  ];
  const missing = all.filter(({ icon }) => !iconNames.includes(icon)).map(({ id, icon }) => `${id}: ${icon}`);
  expect(missing).toEqual([]);
});
