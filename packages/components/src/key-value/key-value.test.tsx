// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { KeyValue } from './component.tsx';
import { keyValueManifest } from './manifest.ts';

describe('Details', () => {
  it('shows the first row of its data with readable names and dates', async () => {
    const view = renderFresh(KeyValue, keyValueManifest, { data: peopleData }, withPeople);
    await settle();
    expect(view.getByText('Joined').nextElementSibling?.textContent).toBe('15 Jan 2024');
    expect(view.getByText('Boss id').nextElementSibling?.textContent).toBe('–');
    expect(view.exposed.row).toMatchObject({ name: 'Ada' });
  });

  it('shows the chosen columns only, related ones too', async () => {
    const data = { ...peopleData, filter: { column: 'id', operator: 'equal', value: 4 } };
    const view = renderFresh(KeyValue, keyValueManifest, { data, columns: ['name', 'boss.name'] }, withPeople);
    await settle();
    expect(view.getAllByRole('term').map((term) => term.textContent)).toEqual(['Name', 'Boss']);
    expect(view.getByText('Cleo')).toBeTruthy();
  });

  it('prefers a bound row and waits for it without asking for another', async () => {
    const view = renderFresh(KeyValue, keyValueManifest, { data: peopleData, row: null }, withPeople);
    await settle();
    expect(view.getByText('Nothing selected')).toBeTruthy();
    expect(view.data.requests).toEqual([]);
    view.unmount();
    expect(renderFresh(KeyValue, keyValueManifest, { row: people[1] }).getByText('Ben')).toBeTruthy();
  });

  it('shows freely chosen values and can leave out empty ones', () => {
    const items = [
      { label: 'Total', value: 12 },
      { label: 'Note', value: '' },
    ];
    const view = renderFresh(KeyValue, keyValueManifest, { source: 'free', items, hideEmpty: true });
    expect(view.getByText('12')).toBeTruthy();
    expect(view.queryByText('Note')).toBeNull();
  });
});

it('loads columns for others that it does not show', async () => {
  const settings = { data: peopleData, columns: ['name'], hiddenColumns: ['team', 'boss.name'] };
  const view = renderFresh(KeyValue, keyValueManifest, settings, withPeople);
  await settle();
  expect(view.getByText('Ada')).toBeTruthy();
  expect(view.queryByText('Red')).toBeNull();
  expect(view.exposed.row).toMatchObject({ name: 'Ada', team: 'Red', boss: null });
});
