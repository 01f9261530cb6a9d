// @vitest-environment happy-dom
import type { EventAction } from '@fettle/definition';
import { cleanup, fireEvent, screen as page } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  appOf,
  createFakeServer,
  createTestRuntime,
  part,
  screenOf,
  settle,
  showScreen,
} from '../testing/test-app.tsx';

afterEach(cleanup);

function textOf(name: string): string | null {
  return page.getByTestId(name).textContent;
}

describe('events', () => {
  const pressing = (actions: readonly EventAction[]) =>
    screenOf(
      {
        cmp_p: part('press', 'press', { events: { click: [...actions] } }),
        cmp_t: part('text', 'said', { settings: { text: '{{ state.said }}' } }),
      },
      { state: [{ id: 'st_1', name: 'said', initial: '' }] },
    );

  it('ask the server for what its code is there, with the values of what is bound and nothing else', async () => {
    const server = createFakeServer();
    const order = Promise.withResolvers<{ readonly number: number }>();
    server.eventAction = () => order.promise;
    const manifest = (name: string, effect: 'read' | 'outside') =>
      ({ kind: 'event-action', id: `tools/${name}`, settings: { properties: {} }, server: { effect } }) as never;
    const eventActions = (['read', 'outside'] as const).map((effect) => ({
      plugin: 'tools',
      pluginTitle: 'Tools',
      manifest: manifest(effect, effect),
    }));
    const pressed = (type: string): EventAction => ({
      id: 'act_1',
      type,
      settings: { address: 'https://inside.example/{{ event.count }}/{{ state.said }}', count: '{{ event.count }}' },
      onSuccess: [
        { id: 'act_2', type: 'test/set-state', settings: { variable: 'st_1', value: 'number {{ result.number }}' } },
      ],
    });
    const { unmount } = await showScreen(pressing([pressed('tools/outside')]), {
      runtime: createTestRuntime(appOf({ eventActions }), server),
    });
    fireEvent.click(page.getByText('Press'));
    await settle();
    expect(server.calls).toEqual([
      {
        kind: 'event-action',
        signal: undefined,
        input: {
          place: { screen: 'scr_main', owner: 'cmp_p', event: 'click', action: 'act_1' },
          version: '1',
          values: { '/address': [1, ''], '/count': [1] },
        },
      },
    ]);
    order.resolve({ number: 7 });
    await settle();
    expect(textOf('said')).toBe('number 7');
    unmount();
    // One that only reads ends when nobody is there any more.
    await showScreen(pressing([pressed('tools/read')]), {
      runtime: createTestRuntime(appOf({ eventActions }), server),
    });
    server.eventAction = () => new Promise(() => undefined);
    fireEvent.click(page.getByText('Press'));
    await settle();
    const { signal } = server.calls.at(-1) ?? {};
    expect(signal?.aborted).toBe(false);
    cleanup();
    expect(signal?.aborted).toBe(true);
  });
});
