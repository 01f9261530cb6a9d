// @vitest-environment happy-dom
import { upstreamError } from '@fettle/base';
import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Matrix } from './component.tsx';
import { matrixManifest } from './manifest.ts';

const crossed = { data: peopleData, rowColumn: 'team', columnColumn: 'boss_id' };
const rows = (root: HTMLElement) =>
  [...root.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));

describe('Matrix', () => {
  it('counts rows where two columns cross, in the order that the values have', async () => {
    const view = renderFresh(Matrix, matrixManifest, crossed, withPeople);
    await settle();
    expect(rows(view.container)).toEqual([
      ['Blue', '1', '2', ''],
      ['Red', '1', '', '1'],
    ]);
    expect(view.data.requests.map(({ method }) => method)).toEqual(['aggregate']);
  });

  it('shows the values it is given, in their order, with their names, and those without rows', async () => {
    const settings = {
      ...crossed,
      rowValues: [{ value: 'Red', label: 'Reds' }, { value: 'Green' }],
      columnValues: [{ value: '3' }, { value: '1', label: 'Ada’s' }],
      function: 'sum',
      column: 'pay',
    };
    const view = renderFresh(Matrix, matrixManifest, settings, withPeople);
    await settle();
    expect(rows(view.container)).toEqual([
      ['Reds', '', '80'],
      ['Green', '', ''],
    ]);
    expect([...view.container.querySelectorAll('tfoot th')].map((cell) => cell.textContent)).toEqual(['3', 'Ada’s']);
  });

  it('crosses the rows of a query alike', async () => {
    const settings = { ...crossed, data: { kind: 'query', query: 'qry_people' } };
    const view = renderFresh(Matrix, matrixManifest, settings, { queries: { qry_people: () => people } });
    await settle();
    expect(rows(view.container)[0]).toEqual(['Blue', '1', '2', '']);
  });

  it('puts dates into spans, with those between', async () => {
    const settings = { ...crossed, columnColumn: 'joined', columnBucket: 'month' };
    const view = renderFresh(Matrix, matrixManifest, settings, withPeople);
    await settle();
    const heads = [...view.container.querySelectorAll('tfoot th')].map((cell) => cell.textContent);
    expect(heads).toEqual(['Jan 2024', 'Feb 2024', 'Mar 2024', 'Apr 2024', 'May 2024']);
    expect(rows(view.container)).toEqual([
      ['Blue', '', '', '1', '', '2'],
      ['Red', '2', '', '', '', ''],
    ]);
    fireEvent.click(view.getByRole('button', { name: 'Blue, May 2024: 2' }));
    await settle();
    expect(view.exposed.selected).toEqual({ row: 'Blue', column: '2024-05-01', value: 2 });
  });

  it('colours cells by what they mean, with the values as stored', async () => {
    const settings = {
      ...crossed,
      columnValues: [{ value: '1' }, { value: '3' }],
      colour: 'tone',
      cellTone: (scope: Readonly<Record<string, unknown>>) => (scope.column === 3 ? 'danger' : 'success'),
    };
    const view = renderFresh(Matrix, matrixManifest, settings, withPeople);
    await settle();
    const tones = view.getAllByRole('button').map((cell) => cell.dataset.tone);
    expect(tones).toEqual(['success', 'danger', 'success', 'danger']);
  });

  it('gives the cell that is pressed, and takes it back', async () => {
    const events = ['select', 'clear'];
    const view = renderFresh(Matrix, matrixManifest, crossed, { ...withPeople, events });
    await settle();
    const cell = view.getByRole('button', { name: 'Blue, 3: 2' });
    fireEvent.click(cell);
    await settle();
    expect(cell.getAttribute('aria-pressed')).toBe('true');
    expect(view.exposed.selected).toEqual({ row: 'Blue', column: 3, value: 2 });
    fireEvent.click(cell);
    await settle();
    expect(view.exposed.selected).toBeNull();
    expect(view.emitted).toEqual([
      { name: 'select', payload: { row: 'Blue', column: 3, value: 2 } },
      { name: 'clear' },
    ]);
  });

  it('is one stop of the keyboard, and arrows go from cell to cell', async () => {
    const view = renderFresh(Matrix, matrixManifest, crossed, withPeople);
    await settle();
    const reachable = () => view.getAllByRole('button').filter((cell) => cell.tabIndex === 0);
    expect(reachable()).toHaveLength(1);
    reachable()[0]?.focus();
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowRight' });
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Red, 3: nothing');
    fireEvent.keyDown(document.activeElement as Element, { key: 'End' });
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowRight' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Red, None: 1');
    expect(reachable()).toEqual([document.activeElement]);
  });

  it('says what is missing, what went wrong, and that there is nothing', async () => {
    const design = renderFresh(Matrix, matrixManifest, { data: peopleData }, { mode: 'design', ...withPeople });
    expect(design.getByText('Choose the columns that cross')).toBeTruthy();
    design.unmount();
    const failing = renderFresh(Matrix, matrixManifest, crossed, withPeople);
    failing.data.failWith(upstreamError({ code: 'x', message: 'The database is not there.' }));
    await settle();
    expect(failing.getByRole('alert').textContent).toContain('The database is not there.');
    failing.unmount();
    const empty = renderFresh(Matrix, matrixManifest, { ...crossed, data: { kind: 'rows', rows: [] } });
    await settle();
    expect(empty.getByText('Nothing to show yet')).toBeTruthy();
  });
});
