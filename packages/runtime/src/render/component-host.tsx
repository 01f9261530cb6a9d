import type { ComponentHost } from '@fettle/sdk/react';
import { runComponentEvent } from '../events/event-runner.ts';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { ScreenStore } from '../state/screen-store.ts';
import { SlotView } from './slot-view.tsx';
import { useRows } from './use-rows.ts';

/** What one mounted component may use of the runtime. */
export function createComponentHost(store: ScreenStore, instance: ComponentInstance): ComponentHost {
  const { app } = store;
  const { mode, isInteractive } = store.mode.peek();
  const isQuiet = mode === 'design' && !isInteractive;
  return {
    id: instance.id,
    get name() {
      return instance.node.peek()?.name ?? '';
    },
    mode: isQuiet ? 'design' : 'run',
    locale: app.locale,
    timeZone: app.timeZone,
    data: app.data,
    hasEvent: (name) => (instance.node.peek()?.events?.[name]?.length ?? 0) > 0,
    emit: (name, payload) => runComponentEvent(store, instance, name, payload),
    expose: (values) => instance.expose(values),
    offer(method, run) {
      instance.methods.set(method, run);
      return () => {
        if (instance.methods.get(method) === run) instance.methods.delete(method);
      };
    },
    slot: (name, options) => (
      <SlotView
        key={options?.key ?? name}
        instance={instance}
        name={name}
        isRepeated={options?.key !== undefined}
        {...(options?.scope === undefined ? {} : { scope: options.scope })}
      />
    ),
    slotSize: (name) => instance.node.peek()?.slots?.[name]?.length ?? 0,
    navigate: (target) => {
      if (!isQuiet) app.surroundings.navigate(target);
    },
    notify: (message) => app.surroundings.notify(message),
    confirm: (question) => app.surroundings.confirm(question),
    useRows: (data, options) => useRows(store, instance, data, options),
  };
}
