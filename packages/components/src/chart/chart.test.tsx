// @vitest-environment happy-dom
import { upstreamError } from '@fettle/base';
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { BarChart } from '../bar-chart/component.tsx';
import { barChartManifest } from '../bar-chart/manifest.ts';
import { PieChart } from '../pie-chart/component.tsx';
import { pieChartManifest } from '../pie-chart/manifest.ts';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';

const cells = (root: HTMLElement) =>
  [...root.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));

describe('a chart', () => {
  it('lets the server group a table and offers the values to screen readers', async () => {
    const settings = {
      title: 'People by team',
      data: peopleData,
      category: 'team',
      measures: [{ function: 'sum', column: 'pay' }],
    };
    const view = renderFresh(BarChart, barChartManifest, settings, withPeople);
    expect(view.getByRole('status', { name: 'Loading' })).toBeTruthy();
    await settle();
    expect(view.getByRole('figure', { name: 'People by team' })).toBeTruthy();
    expect(cells(view.container)).toEqual([
      ['Blue', '270.25'],
      ['Red', '180.5'],
    ]);
    expect(view.data.requests.map(({ method }) => method)).toEqual(['aggregate']);
  });

  it('groups the rows of queries by itself, largest first in a pie', async () => {
    const settings = { data: { kind: 'query', query: 'qry_people' }, category: 'team' };
    const view = renderFresh(PieChart, pieChartManifest, settings, { queries: { qry_people: () => people } });
    await settle();
    expect(cells(view.container)).toEqual([
      ['Blue', '3'],
      ['Red', '2'],
    ]);
  });

  it('follows changes of its table', async () => {
    const view = renderFresh(BarChart, barChartManifest, { data: peopleData, category: 'team' }, withPeople);
    await settle();
    await act(async () => void (await view.data.create(peopleData, [{ id: 6, name: 'Flo', team: 'Red' }])));
    await settle();
    expect(cells(view.container)).toEqual([
      ['Blue', '3'],
      ['Red', '3'],
    ]);
  });

  it('shows an error in its place and tries again', async () => {
    const view = renderFresh(BarChart, barChartManifest, { data: peopleData, category: 'team' }, withPeople);
    view.data.failWith(upstreamError({ code: 'x', message: 'The database is not there.' }));
    await settle();
    expect(view.getByRole('alert').textContent).toContain('The database is not there.');
    view.data.failWith(undefined);
    fireEvent.click(view.getByRole('button', { name: 'Retry' }));
    await settle();
    expect(cells(view.container)).toHaveLength(2);
  });

  it('says that there is nothing to show', async () => {
    const view = renderFresh(BarChart, barChartManifest, { data: { kind: 'rows', rows: [] }, category: 'team' });
    await settle();
    expect(view.getByText('Nothing to show yet')).toBeTruthy();
  });

  it('names the next step on the canvas', () => {
    const first = renderFresh(BarChart, barChartManifest, {}, { mode: 'design' });
    expect(first.getByText('Choose the data to show')).toBeTruthy();
    first.unmount();
    const second = renderFresh(BarChart, barChartManifest, { data: peopleData }, { mode: 'design', ...withPeople });
    expect(second.getByText('Choose the column to group by')).toBeTruthy();
  });
});
