import { dataSettingSchema, defineComponent, defineEventAction, setting } from '@fettle/sdk';
import { implementComponent, implementEventAction, useHost, type ComponentProps } from '@fettle/sdk/react';
import { useEffect, useState, type ComponentType } from 'react';
import { Type } from 'typebox';
import { createExtensionRegistry, type ExtensionRegistry } from '../state/extension-registry.ts';

/** Renderings by component name. */
export const renders = new Map<string, number>();

function useCount(): void {
  const { name } = useHost();
  renders.set(name, (renders.get(name) ?? 0) + 1);
}

function Box() {
  useCount();
  return <div>{useHost().slot('children')}</div>;
}

function TextView({ settings }: ComponentProps) {
  useCount();
  return <p data-testid={useHost().name}>{settings['text'] as string}</p>;
}

function Field({ settings }: ComponentProps) {
  useCount();
  const host = useHost();
  const [value, setValue] = useState(settings['initial'] as string);
  useEffect(() => host.expose({ value }));
  useEffect(() => host.offer('clear', () => setValue('')), [host]);
  return <input aria-label={host.name} value={value} onChange={(event) => setValue(event.target.value)} />;
}

function Mirror({ settings }: ComponentProps) {
  const host = useHost();
  useEffect(() => host.expose({ value: settings['value'] }));
  return <output data-testid={host.name}>{String(settings['value'])}</output>;
}

function Press({ settings }: ComponentProps) {
  const host = useHost();
  return <button onClick={() => void host.emit('click', { count: 1 })}>{settings['label'] as string}</button>;
}

function List({ settings }: ComponentProps) {
  const host = useHost();
  const state = host.useRows(settings['data'] as never, { pageSize: 2 });
  const label = settings['label'] as ((names: Record<string, unknown>) => string) | undefined;
  if (state.error !== undefined) return <div role="alert">{state.error.message}</div>;
  return (
    <div>
      <span data-testid={host.name}>
        {state.isLoading ? 'loading' : state.rows.map((row) => label?.({ row }) ?? (row['name'] as string)).join(',')}
      </span>
      {state.hasMore && <button onClick={() => state.loadMore()}>More</button>}
    </div>
  );
}

function Repeat({ settings }: ComponentProps) {
  const host = useHost();
  const items = settings['items'] as readonly unknown[];
  return <div>{items.map((item, index) => host.slot('item', { scope: { item, index }, key: String(index) }))}</div>;
}

function Broken({ settings }: ComponentProps) {
  if (settings['text'] === 'bad') throw new TypeError('It broke');
  return <p>fine again</p>;
}

const slotted = (name: string) => [{ name, title: name, layout: 'stack' as const }];
const base = { version: 1, description: '', icon: 'box', category: 'Test' };

function component(
  id: string,
  parts: Partial<Parameters<typeof defineComponent>[0]>,
  implementation: ComponentType<ComponentProps>,
) {
  const manifest = defineComponent({ ...base, id, title: id, settings: Type.Object({}), ...parts });
  return implementComponent(manifest, async () => implementation as unknown as ComponentType<ComponentProps<object>>);
}

const text = (title: string, fallback?: string) =>
  setting(Type.String(), { title, ...(fallback === undefined ? {} : { default: fallback }) });

const components = [
  component('test/box', { slots: slotted('children') }, Box),
  component('test/text', { settings: Type.Object({ text: text('Text', 'nothing') }) }, TextView),
  component(
    'test/field',
    {
      settings: Type.Object({ initial: text('Initial', '') }),
      exposes: { value: Type.String() },
      methods: [{ name: 'clear', title: 'Clear' }],
    },
    Field,
  ),
  component(
    'test/mirror',
    {
      settings: Type.Object({ value: setting(Type.Unknown(), { title: 'Value' }) }),
      exposes: { value: Type.Unknown() },
    },
    Mirror,
  ),
  component(
    'test/press',
    { settings: Type.Object({ label: text('Label', 'Press') }), events: [{ name: 'click', title: 'Click' }] },
    Press,
  ),
  component(
    'test/list',
    {
      settings: Type.Object({
        data: setting(dataSettingSchema, { title: 'Data' }),
        label: setting(Type.String(), { title: 'Label', ui: { deferred: ['row'] } }),
      }),
    },
    List,
  ),
  component(
    'test/repeat',
    {
      settings: Type.Object({ items: setting(Type.Array(Type.Unknown()), { title: 'Items' }) }),
      slots: slotted('item'),
    },
    Repeat,
  ),
  component('test/broken', { settings: Type.Object({ text: text('Text') }) }, Broken),
];

const actionBase = { ...base, title: 'Action' };
const eventActions = [
  implementEventAction(
    defineEventAction({
      ...actionBase,
      id: 'test/set-state',
      settings: Type.Object({ variable: text('Variable'), value: setting(Type.Unknown(), { title: 'Value' }) }),
    }),
    async ({ variable, value }, host) => host.setState(variable, value),
  ),
  implementEventAction(
    defineEventAction({ ...actionBase, id: 'test/run-query', settings: Type.Object({ query: text('Query') }) }),
    ({ query }, host) => host.runQuery(query, {}),
  ),
  implementEventAction(
    defineEventAction({
      ...actionBase,
      id: 'test/call',
      settings: Type.Object({ component: text('Component'), method: text('Method') }),
    }),
    ({ component: id, method }, host) => host.callComponent(id, method),
  ),
];

/** Small component types and actions for tests. */
export function createTestExtensions(): ExtensionRegistry {
  return createExtensionRegistry({ components, eventActions });
}
