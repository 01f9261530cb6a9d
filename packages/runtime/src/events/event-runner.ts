import { inputError, notFound, type Json } from '@fettle/base';
import type { EventAction } from '@fettle/definition';
import { createScope, type Scope } from '@fettle/expression';
import type { EventActionHost } from '@fettle/sdk/react';
import { batch } from '@preact/signals-core';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { ScreenStore } from '../state/screen-store.ts';
import { runActions, type ActionContext } from './run-actions.ts';

type Values = Readonly<Record<string, unknown>>;

/** What event actions of a screen may use. */
export function createActionHost(store: ScreenStore): EventActionHost {
  const { app } = store;
  return {
    data: app.data,
    get mode() {
      const { mode, isInteractive } = store.mode.peek();
      return isInteractive ? 'run' : mode;
    },
    setState(variable, value) {
      const state = store.stateOf(variable);
      if (state === undefined) throw missing('state.unknown', 'The value to set no longer exists.');
      state.value = value;
    },
    callComponent: (component, method, input) => callMethod(store, component, method, input),
    runQuery: (query, parameters) => store.queries.run(query, parameters as Readonly<Record<string, Json>>),
    refresh: (target) => store.refresh(target),
    navigate: (target) => app.surroundings.navigate(target),
    notify: (message) => app.surroundings.notify(message),
    copy: (text) => app.surroundings.copy(text),
  };
}

/** Calls a method that a mounted component offers. */
export async function callMethod(
  store: ScreenStore,
  component: string,
  method: string,
  input?: Values,
): Promise<unknown> {
  const instances = store.instancesOf(component);
  if (instances.length === 0) throw missing('component.not-on-screen', 'The component is not on this screen.');
  const run = instances.map((instance) => instance.methods.get(method)).findLast((found) => found !== undefined);
  if (run === undefined) {
    throw inputError({
      code: 'component.unknown-method',
      message: `The component cannot do "${method}".`,
      hint: 'Choose one of its methods.',
    });
  }
  return await run(input);
}

/** Runs what is attached to an event of a component. */
export async function runComponentEvent(
  store: ScreenStore,
  instance: ComponentInstance,
  event: string,
  payload: Values = {},
): Promise<boolean> {
  const node = instance.node.peek();
  const actions = node?.events?.[event];
  if (node === undefined || actions === undefined || actions.length === 0) return true;
  if (!store.mode.peek().isInteractive) return true;
  markRunning(instance, event, true);
  try {
    return await runEvent(store, {
      actions,
      event,
      texts: node,
      scope: createScope({ event: payload }, instance.scope),
      signal: instance.signal,
      component: instance.id,
    });
  } finally {
    markRunning(instance, event, false);
  }
}

/** Runs what is attached to an event of the screen itself: `open` or `close`. */
export async function runScreenEvent(
  store: ScreenStore,
  event: 'open' | 'close',
  signal: AbortSignal,
): Promise<boolean> {
  const head = store.head.peek();
  const actions = head.events?.[event];
  if (actions === undefined || actions.length === 0 || !store.mode.peek().isInteractive) return true;
  const scope = createScope({ event: {} }, store.scopeFor(store.root));
  return runEvent(store, { actions, event, texts: head, scope, signal });
}

interface EventRun {
  readonly actions: readonly EventAction[];
  readonly event: string;
  readonly texts: ActionContext['texts'];
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly component?: string;
}

function runEvent(store: ScreenStore, run: EventRun): Promise<boolean> {
  const { surroundings, extensions } = store.app;
  const pointer = `/events/${run.event}`;
  const key = `event:${run.component ?? 'screen'}:${pointer}`;
  store.problems.clear(key);
  const context: ActionContext = {
    host: createActionHost(store),
    texts: run.texts,
    scope: run.scope,
    find: (type) => extensions.eventAction(type),
    runOnServer: (action, { server }, values) =>
      store.app.data.runEventAction({
        place: { screen: store.head.peek().id, owner: run.component ?? 'screen', event: run.event, action: action.id },
        values,
        effect: server?.effect ?? 'outside',
        signal: run.signal,
      }),
    evaluate: (template, scope) => store.evaluate(template, scope),
    notify: (notice) => surroundings.notify(notice),
    confirm: (question) => surroundings.confirm(question),
    signal: run.signal,
    onFailure: (_action, place, { code, message, hint }) =>
      store.problems.report(`${key}${place}`, {
        kind: 'event',
        path: place,
        code,
        message,
        ...(run.component === undefined ? {} : { component: run.component }),
        ...(hint === undefined ? {} : { hint }),
      }),
  };
  return runActions(run.actions, pointer, context);
}

function markRunning(instance: ComponentInstance, event: string, isRunning: boolean): void {
  batch(() => {
    const next = new Set(instance.running.peek());
    if (isRunning) next.add(event);
    else next.delete(event);
    instance.running.value = next;
  });
}

function missing(code: string, message: string) {
  return notFound({ code, message, hint: 'Choose another one in the action.' });
}
