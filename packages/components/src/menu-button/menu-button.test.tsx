// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { MenuButton } from './component.tsx';
import { menuButtonManifest } from './manifest.ts';

it('opens a menu and tells what was chosen', async () => {
  const items = [
    { id: 'archive', label: 'Archive' },
    { id: 'hidden', label: 'Hidden', visible: false },
  ];
  const view = renderFresh(MenuButton, menuButtonManifest, { items });
  fireEvent.click(view.getByRole('button', { name: 'Actions' }));
  await settle();
  expect(screen.queryByText('Hidden')).toBeNull();
  fireEvent.click(screen.getByRole('menuitem', { name: 'Archive' }));
  await settle();
  expect(view.emitted).toEqual([{ name: 'select', payload: { item: 'archive' } }]);
});

it('has a name when only its icon shows', () => {
  const view = renderFresh(MenuButton, menuButtonManifest, { text: '' });
  expect(view.getByRole('button', { name: 'Actions' })).toBeTruthy();
});
