// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Badge } from './component.tsx';
import { badgeManifest } from './manifest.ts';

it('shows a word, and no empty pill for an empty value', () => {
  const view = renderFresh(Badge, badgeManifest, { text: 'Open', tone: 'success' });
  expect(view.getByText('Open')).toBeTruthy();
  view.unmount();
  expect(renderFresh(Badge, badgeManifest, { text: null }).container.querySelector('[class*=Badge]')).toBeNull();
});

it('can be clicked when it has actions', () => {
  const view = renderFresh(Badge, badgeManifest, { text: 'Open' }, { events: ['click'] });
  fireEvent.click(view.getByRole('button', { name: 'Open' }));
  expect(view.emitted).toEqual([{ name: 'click' }]);
});
