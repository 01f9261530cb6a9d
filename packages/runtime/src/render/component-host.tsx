import type { ComponentHost } from '@fettle/sdk/react';
import { lazy, type ComponentType } from 'react';
import { runComponentEvent } from '../events/event-runner.ts';
import { Part } from '../shell/part.tsx';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { ScreenStore } from '../state/screen-store.ts';
import { useRows } from './use-rows.ts';

const ApprovalList = lazy(() =>
  import('../inbox/approvals-view.tsx').then((module) => ({ default: module.ApprovalList })),
);

/** Props of the view of a slot. */
export interface SlotViewProps {
  readonly instance: ComponentInstance;
  readonly name: string;
  /** Names the slot adds for its children. */
  readonly names?: Readonly<Record<string, unknown>>;
  readonly isRepeated: boolean;
}

/** What one mounted component may use of the runtime. */
export function createComponentHost(parts: {
  readonly store: ScreenStore;
  readonly instance: ComponentInstance;
  /** On the canvas, and not being used. */
  readonly isQuiet: boolean;
  readonly SlotView: ComponentType<SlotViewProps>;
}): ComponentHost {
  const { store, instance, isQuiet, SlotView } = parts;
  const { app } = store;
  return {
    id: instance.id,
    get name() {
      return instance.node.peek()?.name ?? '';
    },
    mode: isQuiet ? 'design' : 'run',
    locale: app.locale,
    timeZone: app.timeZone,
    isNarrow: app.isNarrow,
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
        {...(options?.scope === undefined ? {} : { names: options.scope })}
      />
    ),
    slotSize: (name) => instance.node.peek()?.slots?.[name]?.length ?? 0,
    navigate: (target) => {
      if (!isQuiet) app.surroundings.navigate(target);
    },
    addressOf: (target) => app.surroundings.addressOf(target),
    notify: (message) => app.surroundings.notify(message),
    confirm: (question) => app.surroundings.confirm(question),
    approvals: ({ state }) =>
      app.inbox === undefined || isQuiet ? undefined : (
        <Part failure="place">
          <ApprovalList inbox={app.inbox} state={state} />
        </Part>
      ),
    useRows: (data, options) => useRows(store, instance, data, options),
  };
}
