// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { List } from './component.tsx';
import { listManifest } from './manifest.ts';

const ofItem = (name: string) => (scope: Readonly<Record<string, unknown>>) =>
  (scope.item as Readonly<Record<string, unknown>>)[name];

it('works out title, line and end per row', async () => {
  const settings = {
    data: peopleData,
    itemTitle: ofItem('name'),
    itemDescription: ofItem('team'),
    itemEnd: ofItem('joined'),
  };
  const view = renderFresh(List, listManifest, settings, withPeople);
  await settle();
  expect(view.getAllByRole('listitem')[0]?.textContent).toBe('AdaRed15 Jan 2024');
});

it('falls back to the label of the table', async () => {
  const view = renderFresh(List, listManifest, { data: peopleData }, withPeople);
  await settle();
  expect(view.getByText('Eve')).toBeTruthy();
});

it('tells which row was clicked and exposes it', async () => {
  const view = renderFresh(List, listManifest, { data: peopleData }, { ...withPeople, events: ['click'] });
  await settle();
  fireEvent.click(view.getByRole('button', { name: 'Ben' }));
  await settle();
  expect(view.emitted).toEqual([{ name: 'click', payload: { item: people[1], index: 1 } }]);
  expect(view.exposed.selected).toEqual(people[1]);
});

it('says when there are no rows', async () => {
  const view = renderFresh(List, listManifest, { data: { kind: 'rows', rows: [] } });
  await settle();
  expect(view.getByText('No rows')).toBeTruthy();
});
