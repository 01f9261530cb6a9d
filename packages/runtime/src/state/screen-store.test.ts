import { parseTemplate, type Template } from '@fettle/expression';
import {
  compileComponent,
  compileScreen,
  type CompiledComponent,
  type Component,
  type Screen,
} from '@fettle/definition';
import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { appOf, createFakeServer, createTestRuntime, part, queryResult, screenOf } from '../testing/test-app.tsx';
import type { ComponentInstance } from './component-instance.ts';
import { fixedScreen, type ScreenSource } from './screen-source.ts';
import { createScreenStore, type ScreenStore } from './screen-store.ts';

type Values = Readonly<Record<string, unknown>>;

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

function open(
  components: Readonly<Record<string, Component>>,
  rest: Partial<Screen> = {},
  parts: Partial<Parameters<typeof appOf>[0]> = {},
) {
  const screen = screenOf(components, rest);
  const server = createFakeServer();
  const runtime = createTestRuntime(appOf({ screens: [screen], ...parts }), server);
  const store = createScreenStore({ app: runtime.store, source: fixedScreen(screen), params: { id: '7' } });
  const mounted: Record<string, ComponentInstance> = {};
  for (const id of Object.keys(components)) {
    const instance = store.createInstance(id, store.root);
    instance.mount();
    mounted[id] = instance;
  }
  return { store, server, runtime, mounted };
}

/** Counts how often the settings of a component are worked out. */
function follow(instance: ComponentInstance): Values[] {
  const seen: Values[] = [];
  effect(() => {
    seen.push(instance.settings.value);
  });
  return seen;
}

function template(source: string): Template {
  const parsed = parseTemplate(source);
  if (!parsed.ok) throw new TypeError(source);
  return parsed.value;
}

function valueOf(store: ScreenStore, source: string): unknown {
  return store.evaluate(template(source), store.scopeFor(store.root)).value;
}

describe('names', () => {
  it('are those of components, queries, state, screen, user and app', async () => {
    const { store, mounted, server } = open(
      { cmp_f: part('field', 'title') },
      { state: [{ id: 'st_1', name: 'count', initial: 3 }] },
      {
        queries: [{ id: 'qry_1', name: 'people', parameters: [], mode: 'read', run: 'load' }],
        app: { state: [{ id: 'st_2', name: 'team', initial: 'IT' }] },
      },
    );
    server.query = () => queryResult([{ name: 'Ada' }]);
    mounted['cmp_f']?.expose({ value: 'Hello' });
    expect(valueOf(store, '{{ queries.people.isLoading }}')).toBe(true);
    await turns();
    expect(valueOf(store, '{{ components.title.value + state.count + state.team }}')).toBe('Hello3IT');
    expect(valueOf(store, '{{ queries.people.data[0].name }}')).toBe('Ada');
    expect(valueOf(store, '{{ [screen.params.id, user.name, app.name] }}')).toEqual(['7', 'Ada', 'Desk']);
  });

  it('take initial values that are bindings', () => {
    const { store } = open({}, { state: [{ id: 'st_1', name: 'owner', initial: '{{ user.name }}' }] });
    expect(valueOf(store, '{{ state.owner }}')).toBe('Ada');
  });
});

describe('bindings', () => {
  it('are worked out again only when something they read changes', () => {
    const { mounted } = open({
      cmp_a: part('field', 'a'),
      cmp_b: part('field', 'b'),
      cmp_x: part('text', 'x', { settings: { text: '{{ components.a.value }}' } }),
      cmp_y: part('text', 'y', { settings: { text: '{{ components.b.value }}' } }),
    });
    const [x, y] = [follow(mounted['cmp_x']!), follow(mounted['cmp_y']!)];
    mounted['cmp_a']!.expose({ value: 'one' });
    mounted['cmp_a']!.expose({ value: 'one' });
    mounted['cmp_b']!.expose({ value: 'two' });
    expect(x.map(({ text }) => text)).toEqual(['nothing', 'one']);
    expect(y.map(({ text }) => text)).toEqual(['nothing', 'two']);
  });

  it('that fail give undefined and a problem in the right place, which goes when they are well again', async () => {
    const { store, mounted } = open({
      cmp_a: part('field', 'a'),
      cmp_x: part('text', 'x', { settings: { text: '{{ components.a.value.length > 2 ? missing.name : "short" }}' } }),
    });
    const seen = follow(mounted['cmp_x']!);
    mounted['cmp_a']!.expose({ value: 'long enough' });
    await turns();
    expect(seen.at(-1)?.['text']).toBe('nothing');
    expect(store.problems.all.value).toMatchObject([
      { kind: 'binding', component: 'cmp_x', path: '/settings/text', code: 'expression.unknown-name' },
    ]);
    mounted['cmp_a']!.expose({ value: 'a' });
    await turns();
    expect(seen.at(-1)?.['text']).toBe('short');
    expect(store.problems.all.value).toEqual([]);
  });

  it('that cannot be read at all are problems, too', async () => {
    const { store, mounted } = open({ cmp_x: part('text', 'x', { settings: { text: '{{ 1 + }}' } }) });
    expect(follow(mounted['cmp_x']!)[0]?.['text']).toBe('nothing');
    await turns();
    expect(store.problems.all.value).toMatchObject([{ code: 'binding.unreadable', path: '/settings/text' }]);
  });

  it('of deferred settings become functions that change with what they read', () => {
    const { store, mounted } = open(
      { cmp_l: part('list', 'l', { settings: { label: '{{ row.name + state.suffix }}' } }) },
      { state: [{ id: 'st_1', name: 'suffix', initial: '!' }] },
    );
    const seen = follow(mounted['cmp_l']!);
    const label = (): ((names: Values) => unknown) => seen.at(-1)?.['label'] as never;
    expect(label()({ row: { name: 'Ada' } })).toBe('Ada!');
    store.stateOf('suffix')!.value = '?';
    expect(seen).toHaveLength(2);
    expect(label()({ row: { name: 'Ada' } })).toBe('Ada?');
  });
});

describe('a draft', () => {
  function draftOf(components: Readonly<Record<string, Component>>) {
    let current = compileScreen({ id: 'scr_1', name: 'main', title: 'Main', route: '/', root: 'cmp_a', components });
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
    const edit = (id: string, change: (component: CompiledComponent) => Component): void => {
      const changed = compileComponent(id, change(current.components[id]!));
      current = { ...current, components: { ...current.components, [id]: changed } };
      listener();
    };
    return { source, edit };
  }

  it('changes only the components that were edited', () => {
    const components = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `cmp_${index === 0 ? 'a' : index}`,
        part('text', `text${index}`, { settings: { text: `{{ "n${index}" }}` } }),
      ]),
    );
    const { source, edit } = draftOf(components);
    const store = createScreenStore({ app: createTestRuntime(appOf({})).store, source });
    store.open();
    const seen = Object.keys(components).map((id) => follow(store.createInstance(id, store.root)));
    edit('cmp_7', (component) => ({ ...component, settings: { text: 'new' } }));
    expect(seen.filter((values) => values.length > 1)).toHaveLength(1);
    expect(seen[7]?.at(-1)).toEqual({ text: 'new' });
  });

  it('keeps the settings when only the layout changes', () => {
    const { source, edit } = draftOf({ cmp_a: part('text', 'a', { settings: { text: '{{ 1 }}' } }) });
    const store = createScreenStore({ app: createTestRuntime(appOf({})).store, source });
    store.open();
    const seen = follow(store.createInstance('cmp_a', store.root));
    edit('cmp_a', (component) => ({ ...component, layout: { grow: true } }));
    expect(seen).toHaveLength(1);
  });
});
