import { describe, expect, it } from 'vitest';
import { componentManifests, eventActionManifests } from '../manifests.ts';
import { iconComponentName } from './app-icon.tsx';
import { iconNames } from './icon-names.ts';
import * as iconSet from './icon-set.ts';

describe('the icon set', () => {
  it('has a drawing for every name and a name for every drawing', () => {
    expect(iconNames.map(iconComponentName).toSorted()).toEqual(Object.keys(iconSet).toSorted());
  });

  it('is sorted and without doubles', () => {
    expect(iconNames).toEqual([...new Set(iconNames)].toSorted());
  });

  it('draws the icon of every built-in manifest', () => {
    for (const { icon } of [...componentManifests, ...eventActionManifests]) expect(iconNames).toContain(icon);
  });
});
