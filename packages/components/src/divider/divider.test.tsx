// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Divider } from './component.tsx';
import { dividerManifest } from './manifest.ts';

it('is a separator with its label, and without one when it stands upright', () => {
  const lying = renderFresh(Divider, dividerManifest, { label: 'Part two' });
  expect(lying.getByRole('separator').textContent).toBe('Part two');
  lying.unmount();
  const upright = renderFresh(Divider, dividerManifest, { label: 'Part two', orientation: 'vertical' });
  expect(upright.getByRole('separator').textContent).toBe('');
});
