// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testSettings, type TestHostOptions } from '@fettle/sdk/testing';
import { renderComponent, settle } from '../testing/render-component.tsx';
import { music } from '../testing/music.ts';
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

// The stylesheet decides by its container query; without a layout, its answer is given here.
beforeEach(() => {
  const read = window.getComputedStyle.bind(window);
  vi.spyOn(window, 'getComputedStyle').mockImplementation((element, pseudo) => {
    const style = read(element, pseudo);
    const answer = style.getPropertyValue.bind(style);
    style.getPropertyValue = (name) => (name === '--fettle-narrow' ? '1' : answer(name));
    return style;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a table on a phone', () => {
  it('is a list of the columns that matter; a tap opens the row', async () => {
    const result = await show({}, { events: ['rowClick'] });
    expect(screen.queryByRole('grid')).toBeNull();
    const items = screen.getAllByRole('listitem');
    expect(items).toHaveLength(10);
    expect(items[0]?.textContent).toBe('Restless and WildAlbumRestlessStatelive');
    fireEvent.click(screen.getByText('Restless and Wild'));
    await settle();
    expect(result.emitted).toMatchObject([{ name: 'rowClick', payload: { row: { id: 1 } } }]);
  });

  it('shows the columns that were chosen for it', async () => {
    await show({ phoneColumns: ['name', 'unit_price'] });
    expect(screen.getAllByRole('listitem')[0]?.textContent).toBe('Restless and WildUnit price0.99');
  });

  it('opens the whole row to edit it, when that is allowed and nothing else happens on a tap', async () => {
    const result = await show({ allowEdit: true });
    fireEvent.click(screen.getByText('Restless and Wild'));
    const name = await screen.findByLabelText(/^Name/);
    fireEvent.change(name, { target: { value: 'Renamed' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await settle();
    await settle();
    expect(result.data.rowsOf('tracks')[0]?.['name']).toBe('Renamed');
  });
});
