// @vitest-environment happy-dom
import { renderComponent, testComponentExtension } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { dayOf, dayText, isWeekend, ticksOf, todayIn } from './days.ts';
import { chart } from './index.ts';
import { buildPlan } from './plan.ts';

testComponentExtension(chart);

const columns = { key: 'id', title: 'name', start: 'from', end: 'to', progress: 'done', waits: 'after' };
const rows = [
  { id: 1, name: 'Research', from: '2026-03-02', to: '2026-03-06', done: 100, after: null },
  { id: 2, name: 'Build', from: '2026-03-09T08:00:00Z', to: '2026-03-20', done: 40, after: '1' },
  { id: 3, name: 'Launch', from: '2026-03-23', to: null, done: 0, after: '1, 2, 99' },
  { id: 4, name: 'Some day', from: null, to: null, done: null, after: null },
];
const today = dayOf('2026-03-10') ?? 0;

describe('days', () => {
  it('are read from dates and instants, and nothing else', () => {
    expect(dayOf('1970-01-02')).toBe(1);
    expect(dayOf('1970-01-02T23:59:00Z')).toBe(1);
    expect([dayOf(''), dayOf('soon'), dayOf(null), dayOf(Number.NaN)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const late = Date.UTC(2026, 0, 1, 22);
    expect(dayText(todayIn('Asia/Tokyo', late), 'en-GB', { day: 'numeric' })).toBe('2');
    expect(dayText(todayIn('America/New_York', late), 'en-GB', { day: 'numeric' })).toBe('1');
    expect([isWeekend(dayOf('2026-03-07') ?? 0), isWeekend(today)]).toEqual([true, false]);
  });

  it('have two lines of marks that cover all of them', () => {
    const range = { from: dayOf('2026-02-25') ?? 0, to: dayOf('2026-04-03') ?? 0 };
    for (const scale of ['day', 'week', 'month'] as const) {
      const { above, below } = ticksOf(range, scale, 'en-GB');
      for (const ticks of [above, below])
        expect(ticks.reduce((sum, { days }) => sum + days, 0)).toBe(range.to - range.from + 1);
    }
    expect(ticksOf(range, 'month', 'en-GB').below.map(({ label }) => label)).toEqual(['Feb', 'Mar', 'Apr']);
    expect(
      ticksOf(range, 'week', 'en-GB')
        .below.map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['25', '2', '9']);
  });
});

describe('a plan', () => {
  it('has a bar for each row with a start, with what is known before it', () => {
    const plan = buildPlan(rows, columns, today);
    expect(plan.tasks.map(({ title, progress, waits }) => [title, progress, waits])).toEqual([
      ['Research', 1, []],
      ['Build', 0.4, ['1']],
      ['Launch', 0, ['1', '2']],
    ]);
    expect(plan.without).toBe(1);
    expect(plan.tasks[2]?.end).toBe(plan.tasks[2]?.start);
  });

  it('stays within ten years, whatever a row says', () => {
    const plan = buildPlan([...rows, { id: 5, name: 'Typo', from: '2026-03-01', to: '9026-03-01' }], columns, today);
    expect(plan.to - plan.from).toBeLessThanOrEqual(3660);
  });

  it('takes progress as parts of one when no row has more', () => {
    const parts = rows.map((row) => ({ ...row, done: row.done === null ? null : row.done / 100 }));
    expect(buildPlan(parts, columns, today).tasks.map(({ progress }) => progress)).toEqual([1, 0.4, 0]);
  });
});

describe('the component', () => {
  const settings = {
    data: { kind: 'rows', rows },
    keyColumn: 'id',
    titleColumn: 'name',
    startColumn: 'from',
    endColumn: 'to',
    progressColumn: 'done',
    waitsColumn: 'after',
  };
  const options = (element: HTMLElement) => [...element.querySelectorAll<HTMLElement>('[role="option"]')];
  const press = (target: HTMLElement | undefined, key: string) => () =>
    void target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  it('says each row in words, and goes through them by keyboard', async () => {
    const rendered = await renderComponent(chart, { settings });
    const { element } = rendered;
    expect(options(element).map((option) => option.getAttribute('aria-label'))).toEqual([
      'Research, 2 Mar 2026 to 6 Mar 2026, 100 % done',
      'Build, 9 Mar 2026 to 20 Mar 2026, 40 % done, after Research',
      'Launch, 23 Mar 2026, 0 % done, after Research, Build',
    ]);
    expect(element.textContent).toContain('1 row has no start.');
    await rendered.act(press(options(element)[0], 'ArrowDown'));
    expect(document.activeElement).toBe(options(element)[1]);
    await rendered.act(press(options(element)[1], 'Enter'));
    expect(rendered.emitted).toEqual([{ name: 'choose', payload: { row: rows[1] } }]);
    expect(rendered.exposed).toEqual({ chosen: rows[1], count: 3 });
    await rendered.act(press(options(element)[1], '-'));
    expect(element.querySelector('[aria-pressed="true"]')?.textContent).toBe('Month');
    rendered.unmount();
  });

  it('says what is missing', async () => {
    const { data } = settings;
    const unset = await renderComponent(chart, { settings: { data } });
    expect(unset.element.textContent).toContain('when a row starts');
    unset.unmount();
    const empty = await renderComponent(chart, { settings: { ...settings, data: { kind: 'rows', rows: [rows[3]] } } });
    expect(empty.element.textContent).toContain('No row has a start.');
    empty.unmount();
  });
});
