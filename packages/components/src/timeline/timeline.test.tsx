// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Timeline } from './component.tsx';
import { timelineManifest } from './manifest.ts';

it('shows what happened and when', async () => {
  const itemTime = (scope: Readonly<Record<string, unknown>>) => (scope.item as { joined: string }).joined;
  const view = renderFresh(Timeline, timelineManifest, { data: peopleData, itemTime }, withPeople);
  await settle();
  expect(view.getByText('Cleo')).toBeTruthy();
  expect(view.getByText('2 Mar 2024')).toBeTruthy();
});

it('says that nothing happened', async () => {
  const view = renderFresh(Timeline, timelineManifest, { data: { kind: 'rows', rows: [] } });
  await settle();
  expect(view.getByText('Nothing has happened yet')).toBeTruthy();
});
