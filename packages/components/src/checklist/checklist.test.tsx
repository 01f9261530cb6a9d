// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Checklist } from './component.tsx';
import { checklistManifest } from './manifest.ts';

type Scope = Readonly<Record<string, unknown>>;
const ofItem = (name: string) => (scope: Scope) => (scope.item as Scope)[name];
const settings = {
  data: peopleData,
  itemTitle: ofItem('name'),
  itemDone: (scope: Scope) => (scope.item as Scope).boss_id !== null,
  itemGroup: ofItem('team'),
};
const events = ['toggle'];

describe('Checklist', () => {
  it('lists rows in groups and says how far it is', async () => {
    const view = renderFresh(Checklist, checklistManifest, settings, { ...withPeople, events });
    await settle();
    expect(view.getByText('4 of 5 done')).toBeTruthy();
    expect(view.getByRole('region', { name: 'Red' }).textContent).toContain('1 / 2');
    expect((view.getByRole('checkbox', { name: 'Ada' }) as HTMLInputElement).checked).toBe(false);
    expect((view.getByRole('checkbox', { name: 'Ben' }) as HTMLInputElement).checked).toBe(true);
    expect(view.exposed).toMatchObject({ doneCount: 4, isComplete: false });
  });

  it('shows a tick at once, tells of it, and follows the row as it is stored', async () => {
    const view = renderFresh(Checklist, checklistManifest, settings, { ...withPeople, events });
    await settle();
    const box = view.getByRole('checkbox', { name: 'Ada' }) as HTMLInputElement;
    fireEvent.click(box);
    expect(box.checked).toBe(true);
    await settle();
    expect(view.emitted).toEqual([{ name: 'toggle', payload: { item: people[0], isDone: true } }]);
    await act(async () => void (await view.data.update(peopleData, [{ key: { id: 1 }, values: { boss_id: 3 } }])));
    await settle();
    expect(view.getByText('5 of 5 done')).toBeTruthy();
    expect(view.exposed.isComplete).toBe(true);
  });

  it('takes a tick back that could not be stored', async () => {
    const view = renderFresh(Checklist, checklistManifest, settings, { ...withPeople, events, onEmit: () => false });
    await settle();
    const box = view.getByRole('checkbox', { name: 'Ada' }) as HTMLInputElement;
    fireEvent.click(box);
    await settle();
    expect(box.checked).toBe(false);
  });

  it('locks rows that may not be ticked, and all while nothing happens on a tick', async () => {
    const locked = { ...settings, itemLocked: (scope: Scope) => (scope.item as Scope).id === 1 };
    const view = renderFresh(Checklist, checklistManifest, locked, { ...withPeople, events });
    await settle();
    expect(view.getAllByRole('checkbox').map((box) => (box as HTMLInputElement).disabled)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    view.unmount();
    const silent = renderFresh(Checklist, checklistManifest, settings, withPeople);
    await settle();
    expect(silent.getAllByRole('checkbox').every((box) => (box as HTMLInputElement).disabled)).toBe(true);
  });

  it('says that there is nothing to do', async () => {
    const view = renderFresh(Checklist, checklistManifest, { data: { kind: 'rows', rows: [] } });
    await settle();
    expect(view.getByText('Nothing to do')).toBeTruthy();
  });
});
