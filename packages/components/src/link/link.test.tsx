// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Link } from './component.tsx';
import { linkManifest } from './manifest.ts';

it('goes to a screen with parameters', () => {
  const view = renderFresh(Link, linkManifest, { text: 'Open', screen: 'scr_1', params: { id: 4 } });
  fireEvent.click(view.getByRole('button', { name: 'Open' }));
  expect(view.navigations).toEqual([{ screen: 'scr_1', params: { id: 4 } }]);
});

it('is a real link to a safe address', () => {
  const view = renderFresh(Link, linkManifest, {
    text: 'Docs',
    target: 'address',
    url: 'https://example.com',
    newTab: true,
  });
  const link = view.getByRole('link', { name: 'Docs' });
  expect(link.getAttribute('href')).toBe('https://example.com');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
});

it('leads nowhere for an unsafe address', () => {
  const view = renderFresh(Link, linkManifest, { text: 'Bad', target: 'address', url: 'java\tscript:alert(1)' });
  expect(view.container.querySelector('[href]')).toBeNull();
});

it('stays where it is on the canvas', () => {
  const view = renderFresh(Link, linkManifest, { text: 'Open', screen: 'scr_1' }, { mode: 'design' });
  fireEvent.click(view.getByRole('button', { name: 'Open' }));
  expect(view.navigations).toEqual([]);
});
