// @vitest-environment happy-dom
import { notAllowed } from '@fettle/base';
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { people, peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Repeater } from './component.tsx';
import { repeaterManifest } from './manifest.ts';

const slots = {
  item: (scope: Readonly<Record<string, unknown>>) => {
    const item = scope.item as { name?: string; boss?: { name: string } | null };
    return <span>{`${String(scope.index)} ${item.name ?? '?'} ${item.boss?.name ?? ''}`.trim()}</span>;
  },
};

describe('Repeater', () => {
  it('shows its slot once per row with item and index', async () => {
    const view = renderFresh(Repeater, repeaterManifest, { data: peopleData }, { ...withPeople, slots });
    expect(view.getByRole('status', { name: 'Loading' })).toBeTruthy();
    await settle();
    expect(view.getByText('0 Ada')).toBeTruthy();
    expect(view.getByText('4 Eve')).toBeTruthy();
    expect(view.exposed.rows).toHaveLength(5);
  });

  it('loads only the chosen columns, related ones too', async () => {
    const settings = { data: peopleData, columns: ['name', 'boss.name'] };
    const view = renderFresh(Repeater, repeaterManifest, settings, { ...withPeople, slots });
    await settle();
    expect(view.getByText('1 Ben Ada')).toBeTruthy();
    expect(view.data.requests[0]?.request).toMatchObject({
      columns: ['name'],
      expand: { boss: { columns: ['name'] } },
    });
  });

  it('appends further rows of a table', async () => {
    const view = renderFresh(Repeater, repeaterManifest, { data: peopleData, pageSize: 2 }, { ...withPeople, slots });
    await settle();
    expect(view.queryByText('2 Cleo')).toBeNull();
    fireEvent.click(view.getByRole('button', { name: 'Load more' }));
    await settle();
    expect(view.getByText('2 Cleo')).toBeTruthy();
  });

  it('turns pages, of tables and of plain rows', async () => {
    for (const data of [peopleData, { kind: 'rows', rows: people }]) {
      const settings = { data, pageSize: 2, paging: 'pages' };
      const view = renderFresh(Repeater, repeaterManifest, settings, { ...withPeople, slots });
      await settle();
      fireEvent.click(view.getByRole('button', { name: 'Page 3' }));
      await settle();
      expect(view.getByText(/Eve/)).toBeTruthy();
      expect(view.queryByText(/Ada/)).toBeNull();
      expect(view.exposed.total).toBe(5);
      view.unmount();
    }
  });

  it('says that there are no rows', async () => {
    const settings = { data: { kind: 'rows', rows: [] }, emptyText: 'Nobody here' };
    const view = renderFresh(Repeater, repeaterManifest, settings, { slots });
    await settle();
    expect(view.getByText('Nobody here')).toBeTruthy();
  });

  it('shows an error in its place and tries again', async () => {
    const view = renderFresh(Repeater, repeaterManifest, { data: peopleData }, { ...withPeople, slots });
    view.data.failWith(notAllowed({ code: 'x', message: 'You may not read people.', hint: 'Ask an admin.' }));
    act(() => void view.call('refresh'));
    view.unmount();
    const failing = renderFresh(Repeater, repeaterManifest, { data: peopleData }, { slots });
    await settle();
    expect(failing.getByRole('alert').textContent).toContain('There is no table people.');
    fireEvent.click(failing.getByRole('button', { name: 'Retry' }));
    await settle();
    expect(failing.data.requests).toHaveLength(2);
  });

  it('names the next step on the canvas', () => {
    const view = renderFresh(Repeater, repeaterManifest, {}, { mode: 'design', slots });
    expect(view.getByText('Choose the data to show')).toBeTruthy();
    expect(view.getByText('0 ?')).toBeTruthy();
  });
});
