// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Calendar } from './component.tsx';
import { calendarManifest } from './manifest.ts';

const settings = { data: peopleData, startColumn: 'joined', initialDay: '2024-01-10', weekStart: 'monday' };

describe('Calendar', () => {
  it('shows the rows of a month on their days and asks for no others', async () => {
    const view = renderFresh(Calendar, calendarManifest, settings, withPeople);
    await settle();
    expect(view.getByText('January 2024')).toBeTruthy();
    expect(view.getByRole('button', { name: /15 January 2024, 1 entry|January 15, 2024, 1 entry/ })).toBeTruthy();
    expect(view.getByText('Ada')).toBeTruthy();
    expect(view.queryByText('Cleo')).toBeNull();
    expect(view.exposed.rows).toEqual([people[0], people[1]]);
  });

  it('goes to other months by its buttons and by keys', async () => {
    const view = renderFresh(Calendar, calendarManifest, settings, withPeople);
    await settle();
    fireEvent.click(view.getByRole('button', { name: 'Next month' }));
    fireEvent.click(view.getByRole('button', { name: 'Next month' }));
    await settle();
    expect(view.getByText('March 2024')).toBeTruthy();
    expect(view.getByText('Cleo')).toBeTruthy();
    const day = view.container.querySelector('[data-day="2024-03-10"]') as HTMLElement;
    day.focus();
    fireEvent.keyDown(day, { key: 'PageDown' });
    await settle();
    expect(view.getByText('April 2024')).toBeTruthy();
    expect(document.activeElement?.getAttribute('data-day')).toBe('2024-04-10');
  });

  it('tells of a press on an entry and on a day', async () => {
    const events = ['entryClick', 'dayClick'];
    const view = renderFresh(Calendar, calendarManifest, settings, { ...withPeople, events });
    await settle();
    fireEvent.click(view.getByRole('button', { name: 'Ben' }));
    await settle();
    fireEvent.click(view.container.querySelector('[data-day="2024-01-20"]') as HTMLElement);
    await settle();
    expect(view.emitted).toEqual([
      { name: 'entryClick', payload: { item: people[1], index: 1 } },
      { name: 'dayClick', payload: { day: '2024-01-20' } },
    ]);
    expect(view.exposed.selected).toEqual(people[1]);
    expect(view.exposed.selectedDay).toBe('2024-01-20');
  });

  it('puts what finds no room on a day behind a button', async () => {
    const rows = [1, 2, 3, 4, 5].map((id) => ({ id, name: `Visit ${id}`, on: '2024-01-09' }));
    const data = { kind: 'rows', rows };
    const view = renderFresh(Calendar, calendarManifest, { ...settings, data, startColumn: 'on', itemTitle: nameOf });
    await settle();
    expect(view.queryByText('Visit 5')).toBeNull();
    fireEvent.click(view.getByRole('button', { name: '2 more' }));
    await settle();
    expect(view.getByText('Visit 5')).toBeTruthy();
  });

  it('is a list on demand, and says when a month is empty', async () => {
    const view = renderFresh(Calendar, calendarManifest, { ...settings, view: 'list' }, withPeople);
    await settle();
    expect(view.getAllByRole('listitem').map((entry) => entry.textContent)).toEqual(['Ada', 'Ben']);
    fireEvent.click(view.getByRole('button', { name: 'Next month' }));
    await settle();
    expect(view.getByText('Nothing this month')).toBeTruthy();
  });

  it('goes to a day when told', async () => {
    const view = renderFresh(Calendar, calendarManifest, settings, withPeople);
    await settle();
    view.call('goTo', { day: '2024-05-01' });
    await settle();
    expect(view.getByText('Eve')).toBeTruthy();
  });
});

function nameOf(scope: Readonly<Record<string, unknown>>): unknown {
  return (scope['item'] as { name: string }).name;
}
