// @vitest-environment happy-dom
import { conflict } from '@fettle/base';
import { act, fireEvent, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, peopleTable, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Kanban } from './component.tsx';
import { kanbanManifest } from './manifest.ts';

const of = (name: string) => (scope: Readonly<Record<string, unknown>>) =>
  (scope.item as Readonly<Record<string, unknown>>)[name];
const lanes = [{ value: 'Red', limit: 1 }, { value: 'Blue' }, { value: 'Green', label: 'Greens' }];
const settings = { data: peopleData, groupBy: 'team', lanes, cardTitle: of('name'), cardText: of('joined') };

async function board(
  overrides: Readonly<Record<string, unknown>> = {},
  options: Parameters<typeof renderFresh>[3] = {},
) {
  const view = renderFresh(Kanban, kanbanManifest, { ...settings, ...overrides }, { ...withPeople, ...options });
  await settle();
  const lane = (name: string): HTMLElement => view.getByRole('region', { name });
  return {
    ...view,
    lane,
    titles: (name: string) => [...lane(name).querySelectorAll('[data-card], li > div')].map((card) => card.textContent),
    card: (name: string) => view.getByText(name).closest('button') as HTMLElement,
  };
}

describe('Kanban', () => {
  it('has a column for each value, with its cards and how many they are', async () => {
    const view = await board();
    expect(view.titles('Blue')).toEqual(['Cleo2 Mar 2024', 'Dan9 May 2024', 'Eve30 May 2024']);
    expect(within(view.lane('Blue')).getByText('3')).toBeTruthy();
    expect(within(view.lane('Greens')).getByText('No cards')).toBeTruthy();
    expect(view.exposed.total).toBe(5);
  });

  it('says when a column holds more than it should', async () => {
    const view = await board();
    expect(within(view.lane('Red')).getByText('2 / 1').title).toContain('More than the 1');
  });

  it('takes its columns from the options of the field', async () => {
    const columns = peopleTable.columns.map((column) =>
      column.name === 'team' ? { ...column, options: ['Blue', 'Red'] } : column,
    );
    const view = await board({ lanes: [] }, { tables: [{ ...peopleTable, columns }] });
    expect(view.getAllByRole('region').map((lane) => lane.getAttribute('aria-label'))).toEqual(['Blue', 'Red']);
  });

  it('moves a card by its menu, shows it at once, and tells of it', async () => {
    const view = await board({}, { events: ['moved'] });
    fireEvent.click(view.getByRole('button', { name: 'Move Ada' }));
    await settle();
    fireEvent.click(view.getByRole('menuitem', { name: 'Greens' }));
    expect(view.titles('Greens')).toEqual(['Ada15 Jan 2024']);
    await settle();
    await settle();
    expect(view.data.rowsOf('people')[0]?.['team']).toBe('Green');
    expect(view.titles('Red')).toEqual(['Ben20 Jan 2024']);
    expect(view.titles('Greens')).toEqual(['Ada15 Jan 2024']);
    expect(view.emitted).toEqual([
      { name: 'moved', payload: { row: { ...people[0], team: 'Green' }, from: 'Red', to: 'Green' } },
    ]);
  });

  it('moves a card by keyboard and says what happens', async () => {
    const view = await board();
    const card = view.card('Cleo');
    card.focus();
    fireEvent.keyDown(card, { key: ' ' });
    expect(view.getByText(/^Cleo taken up\./)).toBeTruthy();
    fireEvent.keyDown(card, { key: 'ArrowRight' });
    expect(view.getByText('Over Greens.')).toBeTruthy();
    fireEvent.keyDown(card, { key: 'Enter' });
    await settle();
    expect(view.getByText('Cleo moved to Greens.')).toBeTruthy();
    expect(view.data.rowsOf('people')[2]?.['team']).toBe('Green');
    expect(document.activeElement).toBe(view.card('Cleo'));
  });

  it('leaves a card where it was on Escape', async () => {
    const view = await board();
    const card = view.card('Cleo');
    for (const key of [' ', 'ArrowRight', 'Escape', 'ArrowRight']) fireEvent.keyDown(card, { key });
    await settle();
    expect(view.getByText('Cleo stays in Blue.')).toBeTruthy();
    expect(view.data.requests.filter(({ method }) => method === 'update')).toEqual([]);
  });

  it('goes from card to card with arrows', async () => {
    const view = await board();
    view.card('Ben').focus();
    fireEvent.keyDown(view.card('Ben'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(view.card('Dan'));
    fireEvent.keyDown(view.card('Dan'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(view.card('Cleo'));
  });

  it('puts a card back that somebody else moved meanwhile, and loads again', async () => {
    const view = await board();
    view.data.failWith(
      conflict({ code: 'row.conflict', message: 'Changed.', details: { current: { ...people[0], team: 'Blue' } } }),
    );
    const card = view.card('Ada');
    for (const key of [' ', 'ArrowRight', ' ']) fireEvent.keyDown(card, { key });
    await act(async () => Promise.resolve());
    view.data.failWith(undefined);
    await settle();
    await settle();
    expect(view.messages[0]?.text).toContain('Somebody moved this card meanwhile');
    expect(view.titles('Red')).toEqual(['Ada15 Jan 2024', 'Ben20 Jan 2024']);
  });

  it.each([
    [
      'who may not change rows',
      { tables: [{ ...peopleTable, allowed: { create: true, update: false, delete: true } }] },
      {},
    ],
    ['a table that cannot be written', { tables: [{ ...peopleTable, writable: false }] }, {}],
    ['a board that does not move cards', {}, { allowMove: false }],
  ])('is read-only for %s', async (_, options, overrides) => {
    const view = await board(overrides, options);
    expect(view.titles('Red')).toHaveLength(2);
    expect(view.queryByRole('button', { name: 'Move Ada' })).toBeNull();
    expect(view.getByText('Ada').closest('button')).toBeNull();
  });

  it('tells which card was clicked', async () => {
    const view = await board({ allowMove: false }, { events: ['cardClick'] });
    fireEvent.click(view.card('Ben'));
    await settle();
    expect(view.emitted).toEqual([{ name: 'cardClick', payload: { row: people[1] } }]);
    expect(view.exposed.selectedRow).toEqual(people[1]);
  });

  it('deals out rows that are no table, without moving them', async () => {
    const view = await board({ data: { kind: 'rows', rows: people }, lanes: [] });
    expect(view.getAllByRole('region').map((lane) => lane.getAttribute('aria-label'))).toEqual(['Red', 'Blue']);
    expect(view.queryByRole('button', { name: 'Move Ada' })).toBeNull();
  });

  it('says in a column what went wrong there, and tries again', async () => {
    const view = renderFresh(Kanban, kanbanManifest, settings, withPeople);
    view.data.failWith(new TypeError('The database is away.'));
    await settle();
    expect(view.getAllByText('The database is away.')).toHaveLength(3);
    view.data.failWith(undefined);
    fireEvent.click(view.getAllByRole('button', { name: 'Retry' })[0] as HTMLElement);
    await settle();
    expect(view.getByText('Ada')).toBeTruthy();
  });

  it('asks for what is missing on the canvas', () => {
    const fresh = renderFresh(Kanban, kanbanManifest, {}, { mode: 'design' });
    expect(fresh.getByText('Choose the data to show')).toBeTruthy();
    const half = renderFresh(Kanban, kanbanManifest, { data: peopleData }, { ...withPeople, mode: 'design' });
    expect(half.getByText('Choose the field whose values make the columns')).toBeTruthy();
  });
});
