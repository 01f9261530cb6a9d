// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { ButtonGroup } from './component.tsx';
import { buttonGroupManifest } from './manifest.ts';

const items = [
  { id: 'accept', label: 'Accept' },
  { id: 'reject', label: 'Reject', danger: true },
  { id: 'hidden', label: 'Hidden', visible: false },
];

it('tells which of its shown buttons was clicked', async () => {
  const view = renderFresh(ButtonGroup, buttonGroupManifest, { items });
  expect(view.getAllByRole('button')).toHaveLength(2);
  fireEvent.click(view.getByRole('button', { name: 'Reject' }));
  await settle();
  expect(view.emitted).toEqual([{ name: 'select', payload: { item: 'reject' } }]);
});

it('names the next step when it has no buttons', () => {
  const view = renderFresh(ButtonGroup, buttonGroupManifest, { items: [] }, { mode: 'design' });
  expect(view.getByText('Add a button')).toBeTruthy();
});
