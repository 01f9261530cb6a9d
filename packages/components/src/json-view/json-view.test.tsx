// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { JsonView } from './component.tsx';
import { jsonViewManifest } from './manifest.ts';

it('unfolds level by level', () => {
  const view = renderFresh(JsonView, jsonViewManifest, { value: { a: { b: { c: 'deep' } } }, openLevels: 1 });
  expect(view.queryByText('"deep"')).toBeNull();
  fireEvent.click(view.getByRole('button', { name: 'a {1}' }));
  fireEvent.click(view.getByRole('button', { name: 'b {1}' }));
  expect(view.getByText('"deep"')).toBeTruthy();
});

it('shows long lists in portions', () => {
  const view = renderFresh(JsonView, jsonViewManifest, {
    value: Array.from({ length: 250 }, (_, index) => `row ${index}`),
  });
  expect(view.queryByText('"row 100"')).toBeNull();
  fireEvent.click(view.getByRole('button', { name: 'Show 100 more' }));
  expect(view.getByText('"row 100"')).toBeTruthy();
});
