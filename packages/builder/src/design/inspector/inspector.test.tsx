// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen as page } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { Type } from 'typebox';
import { createClient, type AppInfo } from '@fettle/contract';
import { emptyApp, type App } from '@fettle/definition';
import { choice, defineComponent, setting } from '@fettle/sdk';
import { implementComponent } from '@fettle/sdk/react';
import { ClientProvider } from '../../api/client.ts';
import { createBuilderExtensions, ExtensionsProvider } from '../../extensions.ts';
import { DesignProvider } from '../design-context.ts';
import { DraftSession } from '../session/draft-session.ts';
import { createDesignView } from '../view-state.ts';
import { Inspector } from './inspector.tsx';

const boxManifest = defineComponent({
  id: 'test/box',
  version: 1,
  title: 'Box',
  description: 'A box.',
  icon: 'box',
  category: 'Test',
  settings: Type.Object({
    label: setting(Type.String(), { title: 'Label', default: '' }),
    tone: choice(['calm', 'loud'], { title: 'Tone', default: 'calm' }),
    items: setting(
      Type.Array(Type.Object({ id: Type.String(), label: setting(Type.String(), { title: 'Item label' }) })),
      {
        title: 'Items',
        default: [{ id: 'one', label: 'First' }],
      },
    ),
  }),
  events: [{ name: 'click', title: 'Click' }],
});

beforeAll(() => {
  window.matchMedia ??= ((query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  })) as unknown as typeof window.matchMedia;
  // The DOM here has no fonts to wait for.
  if (document.fonts === undefined) Object.defineProperty(document, 'fonts', { value: new EventTarget() });
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as unknown as typeof ResizeObserver;
});
afterEach(cleanup);

function open() {
  const extensions = createBuilderExtensions({
    components: [implementComponent(boxManifest, () => Promise.resolve(() => null))],
    eventActions: [],
  });
  const made = emptyApp('Test');
  const first = Object.values(made.screens)[0]!;
  const app: App = {
    ...made,
    screens: {
      [first.id]: {
        ...first,
        components: { ...first.components, cmp_box: { type: 'test/box', name: 'box', settings: {} } },
      },
    },
  };
  const port = {
    load: () => new Promise<never>(() => undefined),
    send: () => new Promise<never>(() => undefined),
    createRequestId: () => 'req_1',
  };
  const session = new DraftSession(port, extensions.catalog, { info: {} as AppInfo, app, revision: 1 });
  const view = createDesignView(first.id);
  view.select(['cmp_box']);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ClientProvider value={createClient({ baseUrl: '' })}>
          <ExtensionsProvider value={extensions}>
            <DesignProvider value={{ appId: 'app_1', workspaceId: 'ws_1', session, view }}>
              <Inspector />
            </DesignProvider>
          </ExtensionsProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  const settings = () => session.store.getState().app.screens[first.id]?.components['cmp_box']?.settings;
  return { session, view, settings };
}

it('shows the settings of the selected component and writes what is typed as one step to undo', () => {
  const { session, settings } = open();
  const field = page.getByLabelText('Label');
  fireEvent.change(field, { target: { value: 'H' } });
  fireEvent.change(field, { target: { value: 'Hi' } });
  expect(settings()).toEqual({ label: 'Hi' });
  act(() => void session.undo());
  expect(settings()).toEqual({});
});

it('resets a changed setting', () => {
  const { settings } = open();
  fireEvent.change(page.getByLabelText('Label'), { target: { value: 'Hi' } });
  fireEvent.click(page.getByLabelText('Reset Label'));
  expect(settings()).toEqual({});
});

it('starts a list from what is shown by default', () => {
  const { settings } = open();
  fireEvent.click(page.getByText('First'));
  fireEvent.change(page.getByRole('textbox', { name: /^Item label/ }), { target: { value: 'Renamed' } });
  expect(settings()).toEqual({ items: [{ id: 'one', label: 'Renamed' }] });
});

it('shows a bound setting as its expression', () => {
  const { session, view } = open();
  const screen = view.getState().screen;
  act(
    () =>
      void session.dispatch({
        type: 'setting.set',
        screen,
        component: 'cmp_box',
        path: 'tone',
        value: '{{ state.tone }}',
      }),
  );
  expect(page.getByLabelText('Tone: {{ state.tone }}')).toBeDefined();
  expect(page.getByLabelText('Use a fixed value: Tone').getAttribute('aria-pressed')).toBe('true');
});

it('shows the screen when nothing is selected', async () => {
  const { view } = open();
  act(() => view.select([]));
  expect(await page.findByLabelText('Name of the screen')).toBeDefined();
});
