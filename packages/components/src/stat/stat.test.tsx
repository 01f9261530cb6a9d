// @vitest-environment happy-dom
import { upstreamError } from '@fettle/base';
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Stat } from './component.tsx';
import { statManifest } from './manifest.ts';

describe('Stat', () => {
  it('writes its number in the format of the person', () => {
    const view = renderFresh(Stat, statManifest, {
      label: 'Sales',
      value: '1234567.891',
      format: 'currency',
      currency: 'GBP',
    });
    expect(view.getByText('£1,234,567.89')).toBeTruthy();
  });

  it('shows texts as they are and a dash for nothing', () => {
    expect(renderFresh(Stat, statManifest, { value: 'Fine' }).getByText('Fine')).toBeTruthy();
    expect(renderFresh(Stat, statManifest, { value: null }).getByText('–')).toBeTruthy();
  });

  it('says by colour and sign whether a change is good', () => {
    const view = renderFresh(Stat, statManifest, { value: 5, trend: 12.5, goodDirection: 'down', help: 'since May' });
    expect(view.getByText('+12.5%').style.color).toContain('red');
    expect(view.getByText('since May')).toBeTruthy();
  });

  it('counts the rows of a table that match, and again when they change', async () => {
    const data = { ...peopleData, filter: { column: 'team', operator: 'equal', value: 'Red' } };
    const view = renderFresh(Stat, statManifest, { source: 'data', data }, withPeople);
    expect(view.getByRole('status', { name: 'Loading' })).toBeTruthy();
    await settle();
    expect(view.getByText('2')).toBeTruthy();
    await act(async () => void (await view.data.create(peopleData, [{ id: 6, name: 'Flo', team: 'Red' }])));
    await settle();
    expect(view.getByText('3')).toBeTruthy();
    expect(view.exposed.value).toBe(3);
  });

  it('sums a column of a table, and the rows of a query alike', async () => {
    const settings = { source: 'data', function: 'sum', column: 'pay', format: 'currency', currency: 'EUR' };
    const ofTable = renderFresh(Stat, statManifest, { ...settings, data: peopleData }, withPeople);
    await settle();
    expect(ofTable.getByText('€450.75')).toBeTruthy();
    ofTable.unmount();
    const query = { kind: 'query', query: 'qry_people' };
    const queries = { qry_people: () => people };
    const ofQuery = renderFresh(Stat, statManifest, { ...settings, data: query }, { queries });
    await settle();
    expect(ofQuery.getByText('€450.75')).toBeTruthy();
  });

  it('knows that the sum of no rows is 0, and their average is nothing', async () => {
    const data = { ...peopleData, filter: { column: 'team', operator: 'equal', value: 'Green' } };
    const sum = renderFresh(Stat, statManifest, { source: 'data', function: 'sum', column: 'pay', data }, withPeople);
    await settle();
    expect(sum.getByText('0')).toBeTruthy();
    sum.unmount();
    const mean = { source: 'data', function: 'average', column: 'pay', data };
    const average = renderFresh(Stat, statManifest, mean, withPeople);
    await settle();
    expect(average.getByText('–')).toBeTruthy();
  });

  it('says in its place what went wrong, and tries again', async () => {
    const view = renderFresh(Stat, statManifest, { source: 'data', data: peopleData }, withPeople);
    view.data.failWith(upstreamError({ code: 'x', message: 'The database is not there.' }));
    await settle();
    expect(view.getByRole('alert').textContent).toContain('The database is not there.');
    view.data.failWith(undefined);
    fireEvent.click(view.getByRole('button', { name: 'Retry' }));
    await settle();
    expect(view.getByText('5')).toBeTruthy();
  });
});
