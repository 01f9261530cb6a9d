import { createScope, type Scope, type Template } from '@fettle/expression';
import type { CompiledComponent } from '@fettle/definition';
import type { ComponentManifest } from '@fettle/sdk';
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { Exposure, type Frame } from './frame.ts';
import {
  fillSettings,
  fitToSchema,
  planSettings,
  type SettingPlace,
  type SettingSchema,
  type SettingsPlan,
} from './plan-settings.ts';
import type { ScreenStore } from './screen-store.ts';
import { dependenciesOf, touch } from './scope-tree.ts';
import type { BindingFailure, Outcome } from './templates.ts';
import { ChangeBurst } from './change-burst.ts';
import type { RuntimeProblem } from './problems.ts';

type Settings = Readonly<Record<string, unknown>>;
type Method = (input?: Settings) => unknown;

interface Filled {
  readonly path: readonly string[];
  readonly value: ReadonlySignal<unknown>;
}

let instanceCount = 0;

/** One mounted rendering of a component: its settings, what it shows to expressions, its methods and lists. */
export class ComponentInstance {
  readonly id: string;
  readonly frame: Frame;
  readonly scope: Scope;
  readonly node: ReadonlySignal<CompiledComponent | undefined>;
  readonly manifest: ReadonlySignal<ComponentManifest | undefined>;
  /** Settings with defaults and all bindings evaluated. */
  readonly settings: ReadonlySignal<Settings>;
  readonly isVisible: ReadonlySignal<boolean>;
  /** Events whose actions are under way. */
  readonly running = signal<ReadonlySet<string>>(new Set());
  readonly exposure = new Exposure();
  readonly methods = new Map<string, Method>();
  /** Lists of rows and the like, to be fetched again on request. */
  readonly refreshers = new Set<() => Promise<void>>();
  readonly #store: ScreenStore;
  readonly #key: string;
  readonly #changes = new ChangeBurst();
  #abort = new AbortController();
  #lastPlan: { readonly settings: unknown; readonly type: string; readonly plan: SettingsPlan } | undefined;

  constructor(store: ScreenStore, id: string, frame: Frame) {
    instanceCount += 1;
    this.id = id;
    this.frame = frame;
    this.scope = store.scopeFor(frame);
    this.#store = store;
    this.#key = `${id}#${instanceCount}:`;
    this.node = store.node(id);
    const type = computed(() => this.node.value?.type);
    this.manifest = computed(() => (type.value === undefined ? undefined : store.app.extensions.manifest(type.value)));
    const plan = computed(() => this.#plan());
    const filled = computed(() => plan.value.places.map((place) => this.#fill(place)));
    this.settings = computed(() => {
      const values = filled.value.map(({ path, value }) => [path, value.value] as const);
      return values.length === 0 ? plan.value.base : fillSettings(plan.value.base, values);
    });
    this.isVisible = this.#visibility();
  }

  /** Aborted when the component leaves the screen. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Says that the component is on the screen. */
  mount(): void {
    if (this.#abort.signal.aborted) this.#abort = new AbortController();
    this.#store.instances.add(this);
    this.#eachHome((home) => {
      home.exposureSignal(this.id).value = this.exposure;
    });
  }

  /** Says that it left: what it showed to expressions goes with it. */
  unmount(): void {
    this.#abort.abort();
    this.#store.instances.delete(this);
    this.#store.problems.clear(this.#key);
    this.exposure.clear();
    this.#eachHome((home) => {
      const current = home.exposureSignal(this.id);
      if (current.peek() === this.exposure) current.value = undefined;
    });
  }

  /** Shows values to expressions. Values that chase each other in a circle are stopped and reported. */
  expose(values: Settings): void {
    const pointer = '/exposes';
    if (this.#changes.isRunaway) return;
    if (!this.exposure.set(values)) return;
    if (!this.#changes.count()) return;
    this.#report(pointer, {
      code: 'binding.cycle',
      message: 'This component and others keep changing each other’s values.',
      hint: 'Follow the names its settings read and break the circle.',
    });
  }

  /** Says (or takes back) that rendering failed. */
  reportRender(error: Error | undefined): void {
    this.#store.problems.report(
      `${this.#key}render`,
      error === undefined
        ? undefined
        : { kind: 'render', component: this.id, path: '', code: 'component.render-failed', message: error.message },
    );
  }

  /** Evaluates a template of this component with more names and records what went wrong. */
  evaluate(template: Template, pointer: string, extra?: Settings): Outcome {
    const scope = extra === undefined ? this.scope : createScope(extra, this.scope);
    const outcome = this.#store.evaluate(template, scope);
    this.#report(pointer, outcome.failure);
    return outcome;
  }

  #report(pointer: string, failure: BindingFailure | undefined): void {
    const problem = failure === undefined ? undefined : describeProblem(this.id, pointer, failure);
    this.#store.problems.report(this.#key + pointer, problem);
  }

  // A component in a repeated slot is known within its repetition, and, the last one wins, on the screen.
  #eachHome(visit: (home: Frame) => void): void {
    const { home, root } = this.frame;
    visit(home);
    if (home !== root) visit(root);
  }

  #plan(): SettingsPlan {
    const node = this.node.value;
    if (node === undefined) return { base: {}, places: [] };
    // An edit of the layout or of the children leaves the settings the same object, and with it all values.
    const last = this.#lastPlan;
    if (last?.settings === node.settings && last.type === node.type) return last.plan;
    this.#store.problems.clear(`${this.#key}/settings`);
    const schema = (this.manifest.value?.settings ?? {}) as SettingSchema;
    const plan = planSettings(node, schema);
    this.#lastPlan = { settings: node.settings, type: node.type, plan };
    return plan;
  }

  #fill(place: SettingPlace): Filled {
    const { path, template, schema, pointer, broken } = place;
    if (broken !== undefined) this.#report(pointer, { code: 'binding.unreadable', message: broken });
    if (place.isDeferred) {
      return { path, value: computed(() => this.#deferred(place)) };
    }
    if (template === undefined)
      return { path, value: signal(broken === undefined ? place.plain : fitToSchema(undefined, schema)) };
    return { path, value: computed(() => fitToSchema(this.evaluate(template, pointer).value, schema)) };
  }

  #deferred({ template, plain, pointer }: SettingPlace): (names: Settings) => unknown {
    if (template === undefined) return () => plain;
    // The function is called while rendering, where nothing is followed: follow what it reads now, so that a
    // change makes a new function and with it a new rendering.
    for (const dependency of dependenciesOf(template)) touch(this.scope, dependency);
    return (names) => this.evaluate(template, pointer, names).value;
  }

  #visibility(): ReadonlySignal<boolean> {
    return computed(() => {
      const node = this.node.value;
      if (node?.visible === undefined) return true;
      const template = node.bindings['/visible'];
      if (template === undefined) {
        const broken = node.problems?.['/visible'];
        if (broken !== undefined) this.#report('/visible', { code: 'binding.unreadable', message: broken });
        return node.visible !== 'false';
      }
      const { value, failure } = this.evaluate(template, '/visible');
      // What cannot be decided is shown, with its problem.
      return failure !== undefined || Boolean(value);
    });
  }
}

function describeProblem(component: string, path: string, { code, message, hint }: BindingFailure): RuntimeProblem {
  return { kind: 'binding', component, path, code, message, ...(hint === undefined ? {} : { hint }) };
}
