// @vitest-environment happy-dom
import { compileComponent, type CompiledScreen, type EventAction } from '@fettle/definition';
import type { QueryResult } from '@fettle/sdk';
import { act, cleanup, fireEvent, screen as page } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScreenSource } from '../state/screen-source.ts';
import { renders } from '../testing/test-extensions.tsx';
import {
  appOf,
  createFakeServer,
  createTestRuntime,
  part,
  queryResult,
  screenOf,
  settle,
  showScreen,
} from '../testing/test-app.tsx';
import type { RuntimeHandle } from './runtime-handle.ts';

beforeEach(() => renders.clear());
afterEach(cleanup);

function textOf(name: string): string | null {
  return page.getByTestId(name).textContent;
}

function draftOf(first: CompiledScreen) {
  let current = first;
  let listener: () => void = () => undefined;
  const source: ScreenSource = {
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
    getScreen: () => current,
    getComponent: (id) => current.components[id],
    componentIds: () => Object.keys(current.components),
  };
  const edit = (id: string, settings: Readonly<Record<string, unknown>>): void => {
    const { bindings: _bindings, ...component } = current.components[id]!;
    current = {
      ...current,
      components: { ...current.components, [id]: compileComponent(id, { ...component, settings }) },
    };
    act(() => listener());
  };
  return { source, edit };
}

describe('a screen', () => {
  it('shows its components with settings, defaults and live bindings', async () => {
    await showScreen(
      screenOf({
        cmp_a: part('text', 'plain', { settings: { text: 'Hello' } }),
        cmp_b: part('text', 'empty'),
        cmp_c: part('field', 'name', { settings: { initial: 'Ada' } }),
        cmp_d: part('text', 'greeting', { settings: { text: 'Dear {{ components.name.value }}' } }),
      }),
    );
    expect(textOf('plain')).toBe('Hello');
    expect(textOf('empty')).toBe('nothing');
    expect(textOf('greeting')).toBe('Dear Ada');
    fireEvent.change(page.getByLabelText('name'), { target: { value: 'Grace' } });
    await settle();
    expect(textOf('greeting')).toBe('Dear Grace');
    expect(renders.get('plain')).toBe(1);
  });

  it('hides what is not visible, and shows it faintly on the canvas', async () => {
    const screen = screenOf({ cmp_a: part('text', 'secret', { visible: '{{ 1 > 2 }}' }) });
    await showScreen(screen);
    expect(page.queryByTestId('secret')).toBeNull();
    cleanup();
    await showScreen(screen, { props: { mode: 'design' } });
    expect(page.getByTestId('secret').closest('[data-fettle-hidden]')).not.toBeNull();
  });

  it('writes the layout on the cells', async () => {
    await showScreen(
      screenOf({ cmp_a: part('text', 'a', { layout: { span: { base: 12, md: 6 }, hideOn: ['phone', 'tablet'] } }) }),
    );
    const cell = page.getByTestId('a').closest<HTMLElement>('[data-fettle-id="cmp_a"]');
    expect(cell?.style.getPropertyValue('--span-md')).toBe('6');
    expect(cell?.dataset['hideOn']).toBe('phone tablet');
  });

  it('renders one component of a thousand when one setting changes', async () => {
    const components = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `cmp_${index}`,
        part('text', `t${index}`, { settings: { text: 'old' } }),
      ]),
    );
    const { source, edit } = draftOf(screenOf(components));
    await showScreen(screenOf(components), { props: { source, mode: 'design' } });
    renders.clear();
    edit('cmp_500', { text: 'new' });
    expect(textOf('t500')).toBe('new');
    expect([...renders]).toEqual([['t500', 1]]);
  });

  it('gives repeated children their own item, and their own neighbours', async () => {
    await showScreen(
      screenOf({
        cmp_r: part('repeat', 'people', {
          settings: { items: '{{ ["Ada", "Grace"] }}' },
          slots: { item: ['cmp_m', 'cmp_t'] },
        }),
        cmp_m: part('mirror', 'own', { settings: { value: '{{ item + index }}' } }),
        cmp_t: part('text', 'neighbour', { settings: { text: '{{ components.own.value }}' } }),
      }),
    );
    expect(page.getAllByTestId('neighbour').map((element) => element.textContent)).toEqual(['Ada0', 'Grace1']);
  });

  it('names a type that is not installed and shows the rest', async () => {
    await showScreen(
      screenOf({ cmp_a: { type: 'acme/gauge', name: 'gauge', settings: {} }, cmp_b: part('text', 'b') }),
    );
    expect(page.getByRole('alert').textContent).toContain('acme/gauge');
    expect(textOf('b')).toBe('nothing');
  });

  it('keeps a failing component to its place until new settings heal it', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const screen = screenOf({ cmp_x: part('broken', 'x', { settings: { text: 'bad' } }), cmp_b: part('text', 'b') });
    const { source, edit } = draftOf(screen);
    const handle = createRef<RuntimeHandle>();
    await showScreen(screen, { props: { source, mode: 'design', handle } });
    expect(page.getByRole('alert').textContent).toContain('It broke');
    expect(textOf('b')).toBe('nothing');
    expect(handle.current?.getErrors()).toMatchObject([{ kind: 'render', component: 'cmp_x' }]);
    edit('cmp_x', { text: 'good' });
    await settle();
    expect(page.getByText('fine again')).toBeDefined();
    expect(handle.current?.getErrors()).toEqual([]);
    silent.mockRestore();
  });

  it('stops components that chase each other and says so', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const handle = createRef<RuntimeHandle>();
    await showScreen(
      screenOf({
        cmp_a: part('mirror', 'a', { settings: { value: '{{ (components.b.value ?? 0) + 1 }}' } }),
        cmp_b: part('mirror', 'b', { settings: { value: '{{ (components.a.value ?? 0) + 1 }}' } }),
        cmp_t: part('text', 'rest'),
      }),
      { props: { handle } },
    );
    expect(textOf('rest')).toBe('nothing');
    expect(handle.current?.getErrors().map(({ code }) => code)).toContain('binding.cycle');
    silent.mockRestore();
  });
});

describe('strict mode', () => {
  it('finds rows and queries after effects ran twice', async () => {
    const server = createFakeServer();
    server.list = () => ({ rows: [{ name: 'Ada' }] });
    server.query = () => queryResult([1, 2]);
    const screen = screenOf({
      cmp_l: part('list', 'l', { settings: { data: { kind: 'table', dataSource: 'ds_1', table: 'people' } } }),
      cmp_t: part('text', 't', { settings: { text: '{{ queries.numbers.data.length }}' } }),
    });
    const queries = [{ id: 'qry_1', name: 'numbers', parameters: [], mode: 'read' as const, run: 'load' as const }];
    await showScreen(screen, { runtime: createTestRuntime(appOf({ queries }), server), isStrict: true });
    expect(textOf('l')).toBe('Ada');
    expect(textOf('t')).toBe('2');
  });
});

describe('the handle', () => {
  it('works bindings out as a component would, follows them, and calls methods', async () => {
    const handle = createRef<RuntimeHandle>();
    const screen = screenOf({
      cmp_f: part('field', 'name', { settings: { initial: 'Ada' } }),
      cmp_t: part('text', 't', { settings: { text: '{{ components.name.value }}' } }),
    });
    await showScreen(screen, { props: { handle, mode: 'design' } });
    const template = screen.components['cmp_t']!.bindings['/settings/text']!;
    expect(handle.current?.evaluate('cmp_t', template)).toEqual({ value: 'Ada' });
    const seen: unknown[] = [];
    const stop = handle.current?.watch('cmp_t', template, ({ value }) => seen.push(value));
    await act(async () => {
      await handle.current?.callMethod('cmp_f', 'clear');
    });
    stop?.();
    expect(seen).toEqual(['Ada', '']);
    expect([...(handle.current?.getScope('cmp_t', { row: 1 }).names() ?? [])]).toContain('row');
  });
});

describe('events', () => {
  const action = (
    id: string,
    type: string,
    settings: EventAction['settings'],
    rest: Partial<EventAction> = {},
  ): EventAction => ({ id, type: `test/${type}`, settings, ...rest });
  const state = [{ id: 'st_1', name: 'said', initial: '' }];
  const pressing = (actions: readonly EventAction[]) =>
    screenOf(
      {
        cmp_p: part('press', 'press', { events: { click: [...actions] } }),
        cmp_t: part('text', 'said', { settings: { text: '{{ state.said }}' } }),
      },
      { state },
    );

  it('run their actions in order with the event, the result and conditions', async () => {
    const runtime = createTestRuntime(
      appOf({ queries: [{ id: 'qry_1', name: 'q', parameters: [], mode: 'write', run: 'manual' }] }),
    );
    await showScreen(
      pressing([
        action('act_1', 'set-state', { variable: 'st_1', value: 'got {{ event.count }}' }),
        action('act_2', 'set-state', { variable: 'st_1', value: 'never' }, { condition: '{{ event.count > 5 }}' }),
        action(
          'act_3',
          'run-query',
          { query: 'qry_1' },
          {
            onSuccess: [
              action('act_4', 'set-state', {
                variable: 'st_1',
                value: '{{ state.said + ", rows " + result.data.length }}',
              }),
            ],
          },
        ),
      ]),
      { runtime },
    );
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('got 1, rows 0');
  });

  it('go on with `error` where a failure is expected, else say it and stop', async () => {
    const server = createFakeServer();
    server.query = () => Promise.reject(new TypeError('The database is away.'));
    const queries = [{ id: 'qry_1', name: 'q', parameters: [], mode: 'write' as const, run: 'manual' as const }];
    const handled = [
      action(
        'act_1',
        'run-query',
        { query: 'qry_1' },
        { onError: [action('act_2', 'set-state', { variable: 'st_1', value: '{{ error.message }}' })] },
      ),
    ];
    await showScreen(pressing(handled), { runtime: createTestRuntime(appOf({ queries }), server) });
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('The database is away.');
    cleanup();
    const unhandled = [
      action('act_1', 'run-query', { query: 'qry_1' }),
      action('act_2', 'set-state', { variable: 'st_1', value: 'after' }),
    ];
    await showScreen(pressing(unhandled), { runtime: createTestRuntime(appOf({ queries }), server) });
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('');
    expect(page.getByRole('alert').textContent).toContain('The database is away.');
  });

  it('do nothing with values that cannot be worked out', async () => {
    await showScreen(pressing([action('act_1', 'set-state', { variable: 'st_1', value: '{{ nowhere.at.all }}' })]));
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('');
    expect(page.getByRole('alert').textContent).toContain('nowhere');
  });

  it('ask first, and stop at no', async () => {
    await showScreen(
      pressing([
        action(
          'act_1',
          'set-state',
          { variable: 'st_1', value: 'done' },
          { confirm: { title: 'Close {{ event.count }} ticket?' } },
        ),
      ]),
    );
    fireEvent.click(page.getByText('Press'));
    await vi.waitFor(() => expect(page.getByText('Close 1 ticket?')).toBeDefined(), { timeout: 4000 });
    fireEvent.click(page.getByText('Cancel'));
    await settle();
    expect(textOf('said')).toBe('');
    fireEvent.click(page.getByText('Press'));
    await vi.waitFor(() => expect(page.getByText('Continue')).toBeDefined(), { timeout: 4000 });
    fireEvent.click(page.getByText('Continue'));
    await settle();
    expect(textOf('said')).toBe('done');
  });

  it('do not run on the canvas unless it is used', async () => {
    const screen = pressing([action('act_1', 'set-state', { variable: 'st_1', value: 'done' })]);
    await showScreen(screen, { props: { mode: 'design' } });
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('');
    cleanup();
    await showScreen(screen, { props: { mode: 'design', isInteractive: true } });
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(textOf('said')).toBe('done');
  });
});

describe('queries', () => {
  const people = { id: 'qry_1', name: 'people', parameters: [], mode: 'read' as const, run: 'load' as const };

  it('run once when the screen opens and show their data', async () => {
    const server = createFakeServer();
    server.query = () => queryResult([{ name: 'Ada' }]);
    const screen = screenOf({
      cmp_a: part('text', 'a', { settings: { text: '{{ queries.people.data[0].name }}' } }),
      cmp_b: part('text', 'b', { settings: { text: '{{ queries.people.data.length + 0 }}' } }),
    });
    await showScreen(screen, { runtime: createTestRuntime(appOf({ queries: [people] }), server) });
    expect(textOf('a')).toBe('Ada');
    expect(textOf('b')).toBe('1');
    expect(server.calls).toHaveLength(1);
  });

  it('that fail show their error in the lists that use them, the rest works', async () => {
    const server = createFakeServer();
    server.query = () => Promise.reject(new TypeError('No such table.'));
    const screen = screenOf({
      cmp_l: part('list', 'l', { settings: { data: { kind: 'query', query: 'qry_1' } } }),
      cmp_b: part('text', 'b'),
    });
    const handle = createRef<RuntimeHandle>();
    await showScreen(screen, { runtime: createTestRuntime(appOf({ queries: [people] }), server), props: { handle } });
    expect(page.getByRole('alert').textContent).toBe('No such table.');
    expect(textOf('b')).toBe('nothing');
    expect(handle.current?.getErrors()).toMatchObject([{ kind: 'query', query: 'qry_1' }]);
  });

  it('follow their bound parameters; a late answer to an older question is dropped', async () => {
    const server = createFakeServer();
    const waiting = new Map<string, (result: QueryResult) => void>();
    server.query = (_id, { q }) => new Promise((resolve) => waiting.set(String(q), resolve));
    const screen = screenOf({
      cmp_f: part('field', 'search', { settings: { initial: 'a' } }),
      cmp_l: part('list', 'l', {
        settings: { data: { kind: 'query', query: 'qry_1', parameters: { q: '{{ components.search.value }}' } } },
      }),
    });
    await showScreen(screen, { runtime: createTestRuntime(appOf({ queries: [people] }), server) });
    fireEvent.change(page.getByLabelText('search'), { target: { value: 'b' } });
    await settle();
    await act(async () => waiting.get('b')?.(queryResult([{ name: 'from b' }])));
    await act(async () => waiting.get('a')?.(queryResult([{ name: 'from a' }])));
    await settle();
    expect(textOf('l')).toBe('from b');
    expect(
      server.calls.filter(({ input }) => (input as { parameters: { q: string } }).parameters.q === 'b'),
    ).toHaveLength(1);
  });
});
