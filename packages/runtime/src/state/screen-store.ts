import { createScope, type EvaluationLimits, type Scope, type Template } from '@fettle/expression';
import type { CompiledComponent, StateVariable } from '@fettle/definition';
import { batch, computed, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { createVariables, type AppStore } from './app-store.ts';
import { ComponentInstance } from './component-instance.ts';
import { Frame } from './frame.ts';
import { createProblems, type Problems } from './problems.ts';
import { createQueryStore, loadsByItself, type QueryStore } from './query-store.ts';
import { createScreenNames } from './screen-names.ts';
import type { ScreenHead, ScreenSource } from './screen-source.ts';
import { dependenciesOf } from './scope-tree.ts';
import { evaluateTemplate, type Outcome } from './templates.ts';
import { textOf } from './text-of.ts';

type Values = Readonly<Record<string, unknown>>;

/** How a screen is shown. `isInteractive`: on the canvas, but used as if published. */
export interface ScreenMode {
  readonly mode: 'run' | 'design';
  readonly isInteractive: boolean;
}

/** What makes a screen store. */
export interface ScreenStoreOptions {
  readonly app: AppStore;
  readonly source: ScreenSource;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly mode?: ScreenMode;
}

/** One open screen: the reactive graph from the definition, the data and the components to every setting. */
export interface ScreenStore {
  readonly app: AppStore;
  readonly head: ReadonlySignal<ScreenHead>;
  readonly mode: Signal<ScreenMode>;
  readonly params: Signal<Readonly<Record<string, string>>>;
  readonly query: Signal<Readonly<Record<string, string>>>;
  readonly queries: QueryStore;
  readonly problems: Problems;
  readonly root: Frame;
  readonly instances: Set<ComponentInstance>;
  /** Ids of components by name. */
  readonly names: ReadonlySignal<ReadonlyMap<string, string>>;
  /** The component with this id; changes when it does, and only then. */
  node(id: string): ReadonlySignal<CompiledComponent | undefined>;
  scopeFor(frame: Frame): Scope;
  evaluate(template: Template, scope: Scope): Outcome;
  createInstance(id: string, frame: Frame): ComponentInstance;
  /** Mounted instances of a component, in order of mounting. */
  instancesOf(id: string): readonly ComponentInstance[];
  /** The screen's or the app's state variable with this id or name. */
  stateOf(idOrName: string): Signal<unknown> | undefined;
  /** The screen's title with its bindings evaluated. */
  readonly title: ReadonlySignal<string>;
  /** Changes how the screen is shown, or the query of its address. */
  update(change: { readonly mode?: ScreenMode; readonly query?: Readonly<Record<string, string>> }): void;
  /** Begins to follow the source; needed again after {@link ScreenStore.dispose}. */
  open(): void;
  /** Starts the read queries that this screen's bindings name. */
  startQueries(): void;
  /** Fetches again: everything, or one query, or the lists of one component. */
  refresh(target?: { readonly query?: string; readonly component?: string }): Promise<void>;
  dispose(): void;
}

/** Opens a screen. */
export function createScreenStore(options: ScreenStoreOptions): ScreenStore {
  const { app, source } = options;
  const head = signal(source.getScreen());
  const nodes = new Map<string, Signal<CompiledComponent | undefined>>();
  const names = signal(namesOf(source));
  const problems = createProblems();
  const variables = createVariables();
  const limits: EvaluationLimits = {
    locale: app.locale,
    timeZone: app.timeZone,
    ...(app.clock === undefined ? {} : { clock: app.clock }),
    // Asked for by calls of such functions alone, which then follow what becomes of them.
    get functions() {
      return app.functions.value;
    },
  };
  const scopes = new WeakMap<Frame, Scope>();
  const instances = new Set<ComponentInstance>();
  const queries = createQueryStore({
    data: app.data,
    find: (id) => app.facts.peek().queries[id],
    problems,
    firstAnswers: app.firstAnswers,
  });

  let stop: (() => void) | undefined;
  const follow = (): void => {
    batch(() => {
      head.value = source.getScreen();
      for (const [id, node] of nodes) node.value = source.getComponent(id);
      const next = namesOf(source);
      if (!sameNames(names.peek(), next)) names.value = next;
    });
  };

  const initialValue = (variable: StateVariable, index: number): unknown => {
    const template = head.peek().bindings[`/state/${index}/initial`];
    return template === undefined ? variable.initial : store.evaluate(template, store.scopeFor(store.root)).value;
  };

  const store: ScreenStore = {
    app,
    head,
    mode: signal(options.mode ?? { mode: 'run', isInteractive: true }),
    params: signal(options.params ?? {}),
    query: signal(options.query ?? {}),
    queries,
    problems,
    root: new Frame(),
    instances,
    names,
    node(id) {
      let node = nodes.get(id);
      if (node === undefined) {
        node = signal(source.getComponent(id));
        nodes.set(id, node);
      }
      return node;
    },
    scopeFor(frame) {
      let scope = scopes.get(frame);
      if (scope === undefined) {
        scope = createFrameScope(frame, createScreenNames(store, frame));
        scopes.set(frame, scope);
      }
      return scope;
    },
    evaluate: (template, scope) => evaluateTemplate(template, scope, limits),
    createInstance: (id, frame) => new ComponentInstance(store, id, frame),
    instancesOf: (id) => [...instances].filter((instance) => instance.id === id),
    stateOf: (idOrName) => variables.find(head.value.state, idOrName, initialValue) ?? app.stateOf(idOrName),
    startQueries: () => untracked(() => startQueries(store, source)),
    async refresh(target = {}) {
      const lists = [...instances].filter(({ id }) => target.component === undefined || id === target.component);
      const work =
        target.query === undefined
          ? lists.flatMap(({ refreshers }) => [...refreshers].map((refresh) => refresh()))
          : [];
      if (target.component === undefined) work.push(queries.refresh(target.query));
      await Promise.allSettled(work);
    },
    title: computed(() => {
      const { title, bindings } = head.value;
      const template = bindings['/title'];
      return template === undefined ? title : textOf(store.evaluate(template, store.scopeFor(store.root)).value);
    }),
    update({ mode, query }) {
      const shown = store.mode.peek();
      if (mode !== undefined && (mode.mode !== shown.mode || mode.isInteractive !== shown.isInteractive))
        store.mode.value = mode;
      if (query !== undefined) store.query.value = query;
    },
    open() {
      stop ??= source.subscribe(follow);
      // The draft may have moved on between the first rendering and now.
      follow();
      queries.open();
    },
    dispose() {
      stop?.();
      stop = undefined;
      queries.dispose();
    },
  };
  return store;
}

function createFrameScope(frame: Frame, names: Values): Scope {
  const base = createScope(names);
  const holder = (name: string): Values | undefined => {
    for (let current: Frame | undefined = frame; current !== undefined; current = current.parent) {
      if (current.parent !== undefined && Object.hasOwn(current.values.value, name)) return current.values.value;
    }
    return undefined;
  };
  return {
    has: (name) => holder(name) !== undefined || base.has(name),
    get: (name) => {
      const values = holder(name);
      return values === undefined ? base.get(name) : values[name];
    },
    *names() {
      for (let current: Frame | undefined = frame; current !== undefined; current = current.parent)
        yield* Object.keys(current.values.value);
      yield* base.names();
    },
  };
}

function startQueries(store: ScreenStore, source: ScreenSource): void {
  const { queries } = store.app.facts.peek();
  const idOfName = new Map(Object.values(queries).map((query) => [query.name, query.id]));
  const used = new Set<string>();
  const collect = (bindings: Readonly<Record<string, Template>>): void => {
    for (const template of Object.values(bindings)) {
      for (const [first, name] of dependenciesOf(template)) {
        const id = first === 'queries' && name !== undefined ? idOfName.get(name) : undefined;
        if (id !== undefined) used.add(id);
      }
    }
  };
  collect(source.getScreen().bindings);
  for (const id of source.componentIds()) collect(source.getComponent(id)?.bindings ?? {});
  for (const id of used) {
    const query = queries[id];
    if (query !== undefined && loadsByItself(query)) store.queries.latest(id);
  }
}

function namesOf(source: ScreenSource): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const id of source.componentIds()) {
    const name = source.getComponent(id)?.name;
    if (name !== undefined) names.set(name, id);
  }
  return names;
}

function sameNames(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  if (one.size !== other.size) return false;
  for (const [name, id] of one) if (other.get(name) !== id) return false;
  return true;
}
