// @vitest-environment happy-dom
import { fireEvent, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Icon } from './component.tsx';
import { iconManifest } from './manifest.ts';

it('draws the icon of its name, with a description for screen readers', async () => {
  const view = renderFresh(Icon, iconManifest, { icon: 'star', label: 'Favourite', size: 32 });
  await waitFor(() => expect(view.container.querySelector('svg')?.getAttribute('width')).toBe('32'));
  expect(view.getByRole('img', { name: 'Favourite' })).toBeTruthy();
});

it('keeps its place for an unknown name', () => {
  const view = renderFresh(Icon, iconManifest, { icon: 'constructor' });
  expect(view.container.querySelector('svg')).toBeNull();
});

it('is a button when a click does something', () => {
  const view = renderFresh(Icon, iconManifest, { label: 'Favourite' }, { events: ['click'] });
  fireEvent.click(view.getByRole('button', { name: 'Favourite' }));
  expect(view.emitted).toEqual([{ name: 'click' }]);
});
