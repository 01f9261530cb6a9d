// @vitest-environment happy-dom
import { renderComponent, testComponentExtension } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { buildTree, findPeople, openToLevel, visiblePeople } from './build-tree.ts';
import { people } from './index.ts';

testComponentExtension(people);

const rows = [
  { id: 1, name: 'Ada Lovelace', boss: null, job: 'Director' },
  { id: 2, name: 'Grace Hopper', boss: 1, job: 'Head of IT' },
  { id: 3, name: 'Alan Turing', boss: 2, job: 'Engineer' },
  { id: 4, name: 'Joan Clarke', boss: 2, job: 'Engineer' },
  { id: 5, name: 'Edsger Dijkstra', boss: 99, job: 'Adviser' },
];
const columns = { key: 'id', manager: 'boss', name: 'name', detail: 'job' };
const settings = {
  data: { kind: 'rows', rows },
  keyColumn: 'id',
  managerColumn: 'boss',
  nameColumn: 'name',
  detailColumn: 'job',
};

describe('the tree of people', () => {
  it('has at its top who reports to nobody, or to somebody unknown', () => {
    const tops = buildTree(rows, columns);
    expect(tops.map(({ name, size }) => [name, size])).toEqual([
      ['Ada Lovelace', 3],
      ['Edsger Dijkstra', 0],
    ]);
  });

  it('loses nobody of a circle, and nobody below it', () => {
    const circle = [
      { id: 'a', boss: 'b' },
      { id: 'b', boss: 'c' },
      { id: 'c', boss: 'a' },
      { id: 'd', boss: 'c' },
      { id: 'e', boss: 'e' },
    ];
    const tops = buildTree(circle, { ...columns, name: 'id', detail: undefined });
    const all = visiblePeople(tops, openToLevel(tops, 99)).map(({ person }) => person.key);
    expect([...all].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(tops.map(({ key }) => key)).toEqual(['a', 'e']);
  });

  it('opens so many levels, and whatever is above those who are searched for', () => {
    const tops = buildTree(rows, columns);
    expect([...openToLevel(tops, 2)]).toEqual(['1']);
    expect(findPeople(tops, 'engin')).toEqual({ matches: ['3', '4'], above: new Set(['1', '2']) });
    expect(findPeople(tops, '  ').matches).toEqual([]);
  });
});

describe('the component', () => {
  const labels = (element: HTMLElement) =>
    [...element.querySelectorAll('[role="treeitem"]')].map((item) => item.getAttribute('aria-label'));
  const item = (element: HTMLElement, name: string) =>
    element.querySelector<HTMLElement>(`[role="treeitem"][aria-label^="${name}"]`);
  const press = (target: HTMLElement | null, key: string) => () =>
    void target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  it('opens, closes, and goes through by keyboard', async () => {
    const rendered = await renderComponent(people, { settings: { ...settings, openLevels: 1 } });
    const { element } = rendered;
    expect(labels(element)).toEqual(['Ada Lovelace, Director', 'Edsger Dijkstra, Adviser']);
    await rendered.act(press(item(element, 'Ada'), 'ArrowRight'));
    await rendered.act(press(item(element, 'Ada'), 'ArrowRight'));
    expect(document.activeElement).toBe(item(element, 'Grace'));
    await rendered.act(press(item(element, 'Grace'), 'ArrowRight'));
    expect(labels(element)).toHaveLength(5);
    await rendered.act(press(item(element, 'Grace'), 'End'));
    expect(document.activeElement).toBe(item(element, 'Edsger'));
    await rendered.act(press(item(element, 'Edsger'), 'Enter'));
    expect(rendered.emitted).toEqual([{ name: 'choose', payload: { row: rows[4] } }]);
    expect(rendered.exposed).toEqual({ chosen: rows[4], count: 5 });
    await rendered.act(() => void rendered.call('closeAll'));
    expect(labels(element)).toHaveLength(2);
    await rendered.act(() => void rendered.call('openAll'));
    expect(labels(element)).toHaveLength(5);
    rendered.unmount();
  });

  it('says what is missing', async () => {
    const rendered = await renderComponent(people, { settings: { data: { kind: 'rows', rows } } });
    expect(rendered.element.textContent).toContain('who reports to whom');
    rendered.unmount();
    const nobody = await renderComponent(people, { settings: { ...settings, data: { kind: 'rows', rows: [] } } });
    expect(nobody.element.textContent).toContain('nobody to show');
    nobody.unmount();
  });

  it('is a list where there is no room for a chart', async () => {
    const rendered = await renderComponent(people, { settings, isNarrow: true });
    expect(rendered.element.querySelector('[data-kind="list"]')).not.toBeNull();
    expect(rendered.element.querySelector('[aria-label="Zoom in"]')).toBeNull();
    rendered.unmount();
  });
});
