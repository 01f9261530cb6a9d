import { createScope, type Scope, type Template } from '@fettle/expression';
import { effect, untracked } from '@preact/signals-core';
import { callMethod } from '../events/event-runner.ts';
import type { RuntimeProblem } from '../state/problems.ts';
import type { ScreenStore } from '../state/screen-store.ts';
import type { Outcome } from '../state/templates.ts';

type Values = Readonly<Record<string, unknown>>;

/** What the builder can ask of a screen that is being shown. */
export interface RuntimeHandle {
  /** The live names of a component's expressions (of the screen, without one). `extra` adds names such as `row`. */
  getScope(component?: string, extra?: Values): Scope;
  /** Works a binding out as the component would. */
  evaluate(component: string | undefined, template: Template, extra?: Values): Outcome;
  /** Calls back with the value now and whenever it changes. Answers how to stop. */
  watch(
    component: string | undefined,
    template: Template,
    listener: (outcome: Outcome) => void,
    extra?: Values,
  ): () => void;
  getErrors(): readonly RuntimeProblem[];
  callMethod(component: string, method: string, input?: Values): Promise<unknown>;
  /** Whether actions of an event are under way. */
  isRunning(component: string, event: string): boolean;
  /** Fetches everything again. */
  refresh(): Promise<void>;
  /** The settings a mounted component has right now, bindings evaluated. */
  getSettings(component: string): Values | undefined;
}

/** Makes the handle of a screen. */
export function createRuntimeHandle(store: ScreenStore): RuntimeHandle {
  const getScope = (component?: string, extra?: Values): Scope => {
    const instance = component === undefined ? undefined : store.instancesOf(component)[0];
    const scope = store.scopeFor(instance?.frame ?? store.root);
    return extra === undefined ? scope : createScope(extra, scope);
  };
  return {
    getScope,
    evaluate: (component, template, extra) => untracked(() => store.evaluate(template, getScope(component, extra))),
    watch: (component, template, listener, extra) =>
      effect(() => {
        const outcome = store.evaluate(template, getScope(component, extra));
        untracked(() => listener(outcome));
      }),
    getErrors: () => store.problems.all.peek(),
    callMethod: (component, method, input) => callMethod(store, component, method, input),
    isRunning: (component, event) =>
      store.instancesOf(component).some((instance) => instance.running.peek().has(event)),
    refresh: () => store.refresh(),
    getSettings: (component) => store.instancesOf(component)[0]?.settings.peek(),
  };
}
