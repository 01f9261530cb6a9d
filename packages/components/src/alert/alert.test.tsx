// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Alert } from './component.tsx';
import { alertManifest } from './manifest.ts';

it('speaks up only for warnings and dangers', () => {
  const quiet = renderFresh(Alert, alertManifest, { text: 'Saved' });
  expect(quiet.getByRole('status').textContent).toContain('Saved');
  quiet.unmount();
  expect(renderFresh(Alert, alertManifest, { kind: 'danger', text: 'Lost' }).getByRole('alert')).toBeTruthy();
});

it('closes, tells so, and comes back by method', () => {
  const view = renderFresh(Alert, alertManifest, { text: 'Saved', closable: true });
  fireEvent.click(view.getByRole('button', { name: 'Close' }));
  expect(view.queryByText('Saved')).toBeNull();
  expect(view.emitted).toEqual([{ name: 'close' }]);
  act(() => void view.call('open'));
  expect(view.getByText('Saved')).toBeTruthy();
});
