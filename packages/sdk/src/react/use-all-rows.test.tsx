// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import type { TableDescription } from '../data/table.ts';
import { createTestHost, type TestData } from '../testing/index.ts';
import { ComponentHostProvider } from './host.ts';
import { useAllRows, type AllRows } from './use-all-rows.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const table = {
  id: 'things',
  title: 'Things',
  kind: 'table',
  columns: [{ name: 'id', type: 'integer', title: 'Id' }],
  primaryKey: ['id'],
  relations: [],
} as unknown as TableDescription;
const setting = { kind: 'table', dataSource: 'ds_1', table: 'things' } as const;

describe('all rows of a table', () => {
  it('come page after page, in order', async () => {
    const shown = await show(1234, 5000);
    expect(shown.state().rows.map(({ id }) => id)).toEqual(Array.from({ length: 1234 }, (_, index) => index));
    expect([shown.state().isCut, shown.state().isFetching]).toEqual([false, false]);
    expect(listsOf(shown.data)).toBe(3);
    await shown.unmount();
  });

  it('end where no more can be read, and say so', async () => {
    const cut = await show(1234, 700);
    expect([cut.state().rows.length, cut.state().isCut]).toEqual([700, true]);
    expect(listsOf(cut.data)).toBe(2);
    await cut.unmount();
    const exact = await show(700, 700);
    expect([exact.state().rows.length, exact.state().isCut]).toEqual([700, false]);
    await exact.unmount();
    const few = await show(30, 10);
    expect([few.state().rows.length, few.state().isCut]).toEqual([10, true]);
    await few.unmount();
  });

  it('are not asked for again and again when a page fails', async () => {
    const shown = await show(1234, 5000, { failFrom: 1000 });
    expect(shown.state().rows.length).toBe(1000);
    expect(shown.state().error?.message).toBe('Gone away');
    const asked = listsOf(shown.data);
    await settle();
    expect(listsOf(shown.data)).toBe(asked);
    shown.mend();
    await act(async () => shown.state().refresh());
    await settle();
    expect([shown.state().rows.length, shown.state().error]).toEqual([1234, undefined]);
    await shown.unmount();
  });
});

const listsOf = ({ requests }: TestData): number => requests.filter(({ method }) => method === 'list').length;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await act(() => new Promise((resolve) => setTimeout(resolve, 1)));
}

async function show(count: number, most: number, { failFrom = Number.POSITIVE_INFINITY } = {}) {
  const rows = Array.from({ length: count }, (_, id) => ({ id }));
  const { host, data } = createTestHost({ tables: [table], rows: { things: rows } });
  let state: AllRows | undefined;
  function Shown() {
    state = useAllRows(setting, { most });
    // The next page is asked for after this.
    if (state.rows.length >= failFrom) data.failWith(new TypeError('Gone away'));
    return null;
  }
  const root = createRoot(document.createElement('div'));
  await act(async () =>
    root.render(
      <ComponentHostProvider value={host}>
        <Shown />
      </ComponentHostProvider>,
    ),
  );
  await settle();
  return {
    data,
    state: () => state as AllRows,
    mend: () => {
      failFrom = Number.POSITIVE_INFINITY;
      data.failWith(undefined);
    },
    unmount: () => act(async () => root.unmount()),
  };
}
