// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { conflict } from '@fettle/base';
import { testSettings, type TestHostOptions } from '@fettle/sdk/testing';
import { renderComponent, settle } from '../testing/render-component.tsx';
import { albums, music, tracks } from '../testing/music.ts';
import { Table } from './component.tsx';
import { tableManifest, type TableSettings } from './manifest.ts';

const data = { kind: 'table', dataSource: 'ds_music', table: 'tracks' } as const;

async function show(overrides: Partial<TableSettings> = {}, options: TestHostOptions = {}) {
  const settings = testSettings(tableManifest, { data, pageSize: 10, ...overrides }) as unknown as TableSettings;
  const result = renderComponent(Table, settings, { ...music(), ...options });
  await settle();
  await settle();
  return result;
}

function rowTexts(): readonly string[] {
  return screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent ?? '');
}

function cell(row: number, column: number): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);
  if (found === null) expect.fail(`There is no cell ${row}:${column}.`);
  return found;
}

function listRequests(result: {
  readonly data: { readonly requests: readonly { readonly method: string; readonly request: unknown }[] };
}) {
  return result.data.requests
    .filter((request) => request.method === 'list')
    .map((request) => request.request as Record<string, unknown>);
}

beforeEach(() => localStorage.clear());

describe('the columns of a table nobody configured', () => {
  it('begin with what names a row, show related rows by their label and hide bulky columns', async () => {
    const result = await show();
    const headers = screen.getAllByRole('columnheader').map((header) => header.textContent);
    expect(headers).toEqual(['Name', 'Album', 'Milliseconds', 'Unit price', 'Added on', 'Rated', 'State']);
    expect(rowTexts()[0]).toContain('Restless');
    expect(listRequests(result)[0]).toMatchObject({
      expand: { album: { columns: ['title'] } },
      limit: 10,
      offset: 0,
      total: 'exact',
    });
  });

  it('shows numbers in the locale with every digit, and nothing as a quiet dash', async () => {
    await show({}, { locale: 'de-DE' });
    expect(rowTexts()[0]).toContain('343.719');
    expect(rowTexts()[0]).toContain('0,99');
    expect(screen.getAllByLabelText('Empty').length).toBeGreaterThan(0);
  });
});

describe('configured columns', () => {
  it('work values out per row, format badges and ask only for what they need', async () => {
    const result = await show({
      columns: [
        { id: 'c1', column: 'name', label: 'Title' },
        { id: 'c2', column: 'album.title', label: 'On' },
        { id: 'c3', column: 'state', format: 'badge', badges: [{ value: 'live', tone: 'success', label: 'Live' }] },
      ],
    });
    expect(screen.getAllByRole('columnheader').map((header) => header.textContent)).toEqual(['Title', 'On', 'State']);
    expect(screen.getAllByText('Live')[0]?.dataset['tone']).toBe('success');
    expect(listRequests(result)[0]?.['columns']).toEqual(['id', 'name', 'album_id', 'state']);
  });

  it('show values that are worked out per row', async () => {
    await show({
      columns: [
        {
          id: 'c1',
          label: 'Seconds',
          value: ({ row }) => Math.round(Number((row as { milliseconds: number }).milliseconds) / 1000),
        },
      ],
    });
    expect(rowTexts()[0]).toBe('344');
  });

  it('never turn a script address into a link', async () => {
    await show({ columns: [{ id: 'c1', column: 'name', link: () => 'javascript:alert(1)' }] });
    expect(within(screen.getByRole('grid')).queryByRole('link')).toBeNull();
  });
});

describe('paging', () => {
  it('leads through the pages and tells where the person is', async () => {
    const result = await show();
    expect(screen.getByText('1–10 of 23')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Next page'));
    await settle();
    expect(screen.getByText('11–20 of 23')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Last page'));
    await settle();
    expect(screen.getByText('21–23 of 23')).toBeTruthy();
    expect(screen.getByLabelText<HTMLButtonElement>('Next page').disabled).toBe(true);
    expect(result.exposed).toMatchObject({ page: 3, total: 23 });
  });

  it('starts over on the first page when the page size changes', async () => {
    await show();
    fireEvent.click(screen.getByLabelText('Next page'));
    await settle();
    fireEvent.change(screen.getByLabelText('Rows per page'), { target: { value: '50' } });
    await settle();
    expect(screen.getByText('1–23 of 23')).toBeTruthy();
  });

  it('loads more by keyset in continuous mode', async () => {
    const result = await show({ paging: 'continuous' });
    expect(listRequests(result)[0]).not.toHaveProperty('offset');
    fireEvent.click(screen.getByText('Load more'));
    await settle();
    expect(screen.getByText('20 of 23 rows')).toBeTruthy();
    expect(listRequests(result).at(-1)).toHaveProperty('cursor');
  });
});

describe('sorting', () => {
  it('follows the header: ascending, descending, none; shift adds a column', async () => {
    const result = await show();
    const [name, album] = screen.getAllByRole('columnheader');
    fireEvent.click(name as HTMLElement);
    await settle();
    expect(name?.getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(album as HTMLElement, { shiftKey: true });
    await settle();
    expect(listRequests(result).at(-1)?.['sort']).toEqual([
      { column: 'name', direction: 'ascending' },
      { column: 'album.title', direction: 'ascending' },
    ]);
    fireEvent.click(name as HTMLElement);
    await settle();
    expect(name?.getAttribute('aria-sort')).toBe('descending');
    expect(album?.getAttribute('aria-sort')).toBe('none');
    fireEvent.click(name as HTMLElement);
    await settle();
    expect(listRequests(result).at(-1)).not.toHaveProperty('sort');
  });
});

describe('search and filter', () => {
  it('asks the server once typing pauses, and clears from the state without matches', async () => {
    const result = await show();
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'zzz' } });
    await waitFor(() => expect(screen.getByText('No row matches')).toBeTruthy());
    expect(listRequests(result).at(-1)).toMatchObject({ search: { text: 'zzz' } });
    fireEvent.click(screen.getByText('Clear filters'));
    await waitFor(() => expect(screen.getByText('1–10 of 23')).toBeTruthy());
  });

  it('builds typed conditions, shows them as chips and drops them again', async () => {
    const result = await show();
    fireEvent.click(screen.getByText('Filter'));
    const dialog = await screen.findByRole('group', { name: 'Condition 1' });
    fireEvent.change(within(dialog).getByLabelText('Column'), { target: { value: 'milliseconds' } });
    fireEvent.change(screen.getByLabelText('Comparison'), { target: { value: 'greater' } });
    fireEvent.change(screen.getByLabelText('Value'), { target: { value: '400000' } });
    await waitFor(() =>
      expect(listRequests(result).at(-1)).toMatchObject({
        filter: { and: [{ and: [{ column: 'milliseconds', operator: 'greater', value: 400000 }] }] },
      }),
    );
    const remove = screen.getByLabelText('Remove filter: Milliseconds > 400000');
    fireEvent.click(remove);
    await waitFor(() => expect(listRequests(result).at(-1)).not.toHaveProperty('filter'));
  });

  it('takes filter and search from other components', async () => {
    const result = await show({ filter: { column: 'state', operator: 'equal', value: 'live' }, search: 'rest' });
    expect(listRequests(result)[0]).toMatchObject({
      filter: { and: [{ column: 'state', operator: 'equal', value: 'live' }] },
      search: { text: 'rest' },
    });
    expect(result.exposed['search']).toBe('rest');
  });
});

describe('selection and events', () => {
  it('selects with checkboxes and ranges, across pages, and tells', async () => {
    const result = await show({ selection: 'multiple' });
    const boxes = screen.getAllByRole('checkbox');
    fireEvent.click(boxes[1] as HTMLElement);
    fireEvent.click(boxes[3] as HTMLElement, { shiftKey: true });
    await settle();
    expect(screen.getByText('3 selected')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Next page'));
    await settle();
    fireEvent.click(screen.getAllByRole('checkbox')[1] as HTMLElement);
    await settle();
    expect((result.exposed['selectedRows'] as unknown[]).length).toBe(4);
    act(() => void result.call('clearSelection'));
    expect(result.exposed['selectedRows']).toEqual([]);
  });

  it('fires the click of a row and its buttons', async () => {
    const result = await show(
      { rowActions: [{ id: 'play', label: 'Play', visible: ({ row }) => (row as { id: number }).id !== 2 }] },
      { events: ['rowClick'] },
    );
    fireEvent.click(cell(0, 0));
    expect(screen.getAllByText('Play')).toHaveLength(9);
    fireEvent.click(screen.getAllByText('Play')[0] as HTMLElement);
    await settle();
    expect(result.emitted.map((event) => event.name)).toEqual(['rowClick', 'rowAction']);
    expect(result.emitted[1]?.payload).toMatchObject({ action: 'play', row: { id: 1 } });
    expect(result.exposed['selectedRow']).toMatchObject({ id: 1 });
  });
});

describe('keyboard', () => {
  it('has one tab stop and moves between cells', async () => {
    const result = await show({ selection: 'multiple' }, { events: ['rowClick'] });
    expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
    cell(0, 0).focus();
    fireEvent.keyDown(cell(0, 0), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(cell(1, 0));
    fireEvent.keyDown(cell(1, 0), { key: 'End' });
    expect(document.activeElement).toBe(cell(1, 6));
    fireEvent.keyDown(cell(1, 6), { key: 'Home', ctrlKey: true });
    expect(document.activeElement).toBe(cell(0, 0));
    fireEvent.keyDown(cell(0, 0), { key: ' ' });
    fireEvent.keyDown(cell(0, 0), { key: 'Enter' });
    await settle();
    expect(result.emitted.map((event) => event.name)).toEqual(['selectionChange', 'rowClick']);
    fireEvent.keyDown(cell(0, 0), { key: 'ArrowUp' });
    expect(document.activeElement?.getAttribute('role')).toBe('columnheader');
  });
});

describe('editing in place', () => {
  async function edit(row: number, column: number, value: string): Promise<void> {
    fireEvent.doubleClick(cell(row, column));
    const input = await waitFor(() => {
      const found = cell(row, column).querySelector('input');
      if (found === null) expect.fail('The editor has not opened.');
      return found;
    });
    fireEvent.change(input, { target: { value } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await settle();
    await settle();
  }

  it('saves the value with what was seen before, and tells', async () => {
    const result = await show({ allowEdit: true });
    await edit(0, 0, 'Renamed');
    expect(result.data.rowsOf('tracks')[0]?.['name']).toBe('Renamed');
    expect(result.data.requests.find(({ method }) => method === 'update')?.request).toEqual([
      { key: { id: 1 }, values: { name: 'Renamed' }, expected: { name: 'Restless and Wild' } },
    ]);
    expect(result.emitted.at(-1)).toMatchObject({ name: 'cellChange', payload: { column: 'name', value: 'Renamed' } });
    expect(document.activeElement).toBe(cell(1, 0));
  });

  it('refuses what the column does not take, in place', async () => {
    const result = await show({ allowEdit: true });
    await edit(0, 2, 'many');
    expect(screen.getByRole('alert').textContent).toBe('Enter a whole number.');
    fireEvent.keyDown(cell(0, 2).querySelector('input') as HTMLElement, { key: 'Escape' });
    await settle();
    expect(result.data.requests.some(({ method }) => method === 'update')).toBe(false);
  });

  it('keeps the digits of decimals', async () => {
    const result = await show({ allowEdit: true });
    await edit(0, 3, '1.10');
    expect(result.data.rowsOf('tracks')[0]?.['unit_price']).toBe('1.10');
  });

  it('rolls back and says why when the server refuses', async () => {
    const result = await show({ allowEdit: true });
    result.data.failWith(new TypeError('The disk is full.'));
    await edit(0, 0, 'Renamed');
    expect(result.messages).toEqual([{ kind: 'error', text: 'The disk is full.' }]);
    expect(rowTexts()[0]).toContain('Restless');
  });

  it('shows both values when somebody else was faster, and keeps the one that is chosen', async () => {
    const result = await show({ allowEdit: true });
    const others = { ...tracks[0], name: 'Theirs' };
    result.data.failWith(
      conflict({ code: 'row.conflict', message: 'Changed.', details: { current: others, yours: {} } }),
    );
    await edit(0, 0, 'Mine');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Theirs');
    expect(dialog.textContent).toContain('Mine');
    result.data.failWith(undefined);
    await result.data.update(data, [{ key: { id: 1 }, values: { name: 'Theirs' } }]);
    fireEvent.click(within(dialog).getByText('Keep mine'));
    await settle();
    expect(result.data.rowsOf('tracks')[0]?.['name']).toBe('Mine');
  });
});

describe('adding and deleting', () => {
  it('deletes the selected rows after asking', async () => {
    const result = await show({ selection: 'multiple', allowDelete: true });
    fireEvent.click(screen.getAllByRole('checkbox')[1] as HTMLElement);
    await settle();
    fireEvent.click(screen.getByText('Delete'));
    await settle();
    await settle();
    expect(result.questions[0]).toMatchObject({ title: 'Delete this row?', danger: true });
    expect(result.data.rowsOf('tracks')).toHaveLength(22);
    expect(result.emitted.map((event) => event.name)).toContain('deleted');
  });

  it('adds a row through the same form as everywhere', async () => {
    const result = await show({ allowCreate: true });
    fireEvent.click(screen.getByText('Add row'));
    const name = await screen.findByLabelText(/^Name/);
    fireEvent.change(name, { target: { value: 'New song' } });
    fireEvent.change(screen.getByLabelText(/Milliseconds/), { target: { value: '1000' } });
    fireEvent.change(screen.getByLabelText(/Unit price/), { target: { value: '0.99' } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add row' }));
    await settle();
    await settle();
    expect(result.data.rowsOf('tracks').at(-1)).toMatchObject({
      name: 'New song',
      milliseconds: 1000,
      unit_price: '0.99',
    });
    expect(result.emitted.map((event) => event.name)).toEqual(['created']);
  });

  it('offers nothing of this unless it is allowed', async () => {
    await show();
    expect(screen.queryByText('Add row')).toBeNull();
    fireEvent.doubleClick(cell(0, 0));
    expect(cell(0, 0).querySelector('input')).toBeNull();
  });
});

describe('states', () => {
  it('shows an error in its place and tries again', async () => {
    const settings = testSettings(tableManifest, { data }) as unknown as TableSettings;
    const options = music();
    const result = renderComponent(Table, settings, options);
    result.data.failWith(new TypeError('The network is gone.'));
    await settle();
    await settle();
    expect(screen.getByRole('alert').textContent).toContain('The network is gone.');
    result.data.failWith(undefined);
    fireEvent.click(screen.getByText('Retry'));
    await settle();
    await settle();
    expect(rowTexts().length).toBeGreaterThan(5);
  });

  it('says when there is nothing yet', async () => {
    await show({}, { rows: { tracks: [], albums } });
    expect(screen.getByText('No rows yet')).toBeTruthy();
  });

  it('shows rows of plain lists, searched, sorted and paged here', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ title: `Row ${30 - index}`, size: index }));
    await show({ data: { kind: 'rows', rows: rows as never } });
    expect(screen.getByText('1–10 of 30')).toBeTruthy();
    fireEvent.click(screen.getAllByRole('columnheader')[1] as HTMLElement);
    await settle();
    fireEvent.click(screen.getAllByRole('columnheader')[1] as HTMLElement);
    await settle();
    expect(rowTexts()[0]).toContain('Row 1');
  });
});

describe('the person’s own columns', () => {
  it('are hidden, moved and remembered without any data', async () => {
    const { unmount } = await show();
    fireEvent.click(screen.getByLabelText('Columns'));
    fireEvent.click(await screen.findByLabelText('Album'));
    fireEvent.click(screen.getByLabelText('Move Name down'));
    await settle();
    unmount();
    await show();
    const headers = screen.getAllByRole('columnheader').map((header) => header.textContent);
    expect(headers).not.toContain('Album');
    const stored = Object.values({ ...localStorage }).join('');
    expect(stored).toContain('album.title');
    expect(stored).not.toContain('Restless');
  });
});

describe('editing a related row in place', () => {
  it('searches by typing over the label and stores the key, with the new label at once', async () => {
    const result = await show({ allowEdit: true });
    cell(0, 1).focus();
    fireEvent.keyDown(cell(0, 1), { key: 'Enter' });
    const input = await waitFor(() => {
      const found = cell(0, 1).querySelector('input');
      if (found === null) expect.fail('The picker has not opened.');
      return found;
    });
    expect(input.value).toBe('Restless');
    fireEvent.change(input, { target: { value: 'Album 07' } });
    fireEvent.click(await screen.findByRole('option', { name: 'Album 07' }));
    await settle();
    expect(result.data.rowsOf('tracks')[0]?.['album_id']).toBe(7);
    expect(cell(0, 1).textContent).toBe('Album 07');
    expect(document.activeElement).toBe(cell(0, 1));
  });

  it('takes the first match with Enter, and closes the list before it gives up with Escape', async () => {
    const result = await show({ allowEdit: true });
    const open = async (row: number): Promise<HTMLInputElement> => {
      fireEvent.keyDown(cell(row, 1), { key: 'Enter' });
      return waitFor(() => {
        const found = cell(row, 1).querySelector('input');
        if (found === null) expect.fail('The picker has not opened.');
        return found;
      });
    };
    const input = await open(0);
    fireEvent.change(input, { target: { value: 'Album 07' } });
    await screen.findByRole('option', { name: 'Album 07' });
    await settle();
    fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
    await settle();
    expect(result.data.rowsOf('tracks')[0]?.['album_id']).toBe(7);
    const other = await open(1);
    fireEvent.change(other, { target: { value: 'Album' } });
    await screen.findByRole('option', { name: 'Album 02' });
    fireEvent.keyDown(other, { key: 'Escape' });
    await settle();
    expect(cell(1, 1).querySelector('input')).not.toBeNull();
    fireEvent.keyDown(cell(1, 1).querySelector('input') as HTMLElement, { key: 'Escape' });
    await settle();
    expect(cell(1, 1).textContent).toBe('Album 02');
  });
});
