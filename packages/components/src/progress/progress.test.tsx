// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Progress } from './component.tsx';
import { progressManifest } from './manifest.ts';

it('shows the share of the whole', () => {
  const view = renderFresh(Progress, progressManifest, { label: 'Disk', value: 30, maximum: 120 });
  expect(view.getByRole('progressbar', { name: 'Disk' }).getAttribute('aria-valuenow')).toBe('25');
  expect(view.getByText('25%')).toBeTruthy();
});

it('stays between nothing and everything, whatever arrives', () => {
  for (const [value, shown] of [
    [500, '100%'],
    [-5, '0%'],
    ['abc', '0%'],
  ] as const) {
    const view = renderFresh(Progress, progressManifest, { value });
    expect(view.getByText(shown)).toBeTruthy();
    view.unmount();
  }
});

it('is an image with a name as a ring', () => {
  const view = renderFresh(Progress, progressManifest, { shape: 'ring', label: 'Disk', value: 50 });
  expect(view.getByRole('img', { name: 'Disk: 50%' })).toBeTruthy();
});

it('counts what is done out of all', async () => {
  const data = { ...peopleData, filter: { column: 'team', operator: 'equal', value: 'Red' } };
  const settings = { label: 'Reds', data, ofData: peopleData, showCounts: true };
  const view = renderFresh(Progress, progressManifest, settings, withPeople);
  await settle();
  expect(view.getByText('2 of 5 · 40%')).toBeTruthy();
  expect(view.exposed).toMatchObject({ value: 2, maximum: 5 });
});
