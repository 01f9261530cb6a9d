// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Heading } from './component.tsx';
import { headingManifest } from './manifest.ts';

it('is a heading of its level with a quiet line below', () => {
  const view = renderFresh(Heading, headingManifest, { text: 'Tickets', level: '1', description: 'All of them' });
  expect(view.getByRole('heading', { level: 1, name: 'Tickets' })).toBeTruthy();
  expect(view.getByText('All of them')).toBeTruthy();
});

it('takes bound values of any type', () => {
  const view = renderFresh(Heading, headingManifest, { text: 42 });
  expect(view.getByRole('heading', { name: '42' })).toBeTruthy();
});
