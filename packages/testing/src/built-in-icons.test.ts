import { describe, expect, it } from 'vitest';
import { iconNames } from '@fettle/components';
import { builtInConnectors, builtInFlowActions, builtInFlowTriggers } from './built-in-extensions.ts';

describe('the icon of a built-in extension', () => {
  it.each([
    ...builtInConnectors.map(({ manifest }) => manifest),
    ...builtInFlowActions.map(({ manifest }) => manifest),
    ...builtInFlowTriggers.map(({ manifest }) => manifest),
  ])('is there for $id', ({ icon }) => {
    expect(iconNames).toContain(icon);
  });
});
