// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { peopleData, withPeople } from '../testing/people.ts';
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
});

describe('a Stat of rows', () => {
  it('counts them, and follows what changes', async () => {
    const data = { ...peopleData, filter: { column: 'team', operator: 'equal', value: 'Red' } };
    const view = renderFresh(Stat, statManifest, { label: 'Reds', data, value: 99 }, withPeople);
    await settle();
    expect(view.getByText('2')).toBeTruthy();
    expect(view.exposed.value).toBe(2);
    await act(() => view.data.create(peopleData, [{ name: 'Fay', team: 'Red' }]).then(() => undefined));
    await settle();
    expect(view.getByText('3')).toBeTruthy();
  });

  it('measures a column', async () => {
    const view = renderFresh(
      Stat,
      statManifest,
      { data: peopleData, measure: 'sum', measureColumn: 'pay' },
      withPeople,
    );
    await settle();
    expect(view.getByText('450.75')).toBeTruthy();
  });

  it('is nothing when nothing is there to count', async () => {
    const view = renderFresh(Stat, statManifest, { data: { kind: 'rows', rows: [] } });
    await settle();
    expect(view.getByText('0')).toBeTruthy();
  });

  it('says what went wrong and tries again', async () => {
    const view = renderFresh(Stat, statManifest, { data: peopleData }, withPeople);
    view.data.failWith(new TypeError('The database is away.'));
    await settle();
    view.data.failWith(undefined);
    fireEvent.click(view.getByRole('button', { name: 'Retry' }));
    await settle();
    expect(view.getByText('5')).toBeTruthy();
  });
});
