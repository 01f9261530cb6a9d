import { createScope, createScopeObject, type Scope } from '@fettle/expression';
import type { Json } from '@fettle/base';

/** What expressions see of a step that ran. */
export interface StepResult {
  readonly output: Json;
  readonly state: string;
  readonly error?: Json;
}

/**
 * Where steps run: the top level, or one turn of a loop. Turns see the results of everything around them; what runs in
 * a turn is not seen outside it.
 */
export class Frame {
  /** Start of the paths of its entries; '' at the top. */
  readonly scope: string;
  readonly signal: AbortSignal;
  /** What expressions see. */
  readonly names: Scope;
  readonly #parent: Frame | undefined;
  readonly #results = new Map<string, StepResult>();

  constructor(options: {
    readonly scope: string;
    readonly signal: AbortSignal;
    readonly names: Readonly<Record<string, unknown>>;
    readonly parent?: Frame;
    readonly outer?: Scope;
  }) {
    this.scope = options.scope;
    this.signal = options.signal;
    this.#parent = options.parent;
    const steps = createScopeObject({
      get: (name) => this.result(name),
      has: (name) => this.result(name) !== undefined,
      keys: () => this.#stepNames(),
    });
    this.names = createScope({ ...options.names, steps }, options.parent?.names ?? options.outer);
  }

  setResult(name: string, result: StepResult): void {
    this.#results.set(name, result);
  }

  result(name: string): StepResult | undefined {
    return this.#results.get(name) ?? this.#parent?.result(name);
  }

  /** Makes the results of this frame visible in another one: those of the last turn, outside of the loop. */
  copyResultsTo(frame: Frame): void {
    for (const [name, result] of this.#results) frame.setResult(name, result);
  }

  /** The same place with further names (an error to look at) or another signal; results are shared. */
  with(changes: { readonly names?: Readonly<Record<string, unknown>>; readonly signal?: AbortSignal }): Frame {
    return new SharedFrame(this, changes);
  }

  *#stepNames(): Iterable<string> {
    yield* this.#results.keys();
    if (this.#parent !== undefined) yield* this.#parent.#stepNames();
  }
}

class SharedFrame extends Frame {
  readonly #of: Frame;

  constructor(
    of: Frame,
    changes: { readonly names?: Readonly<Record<string, unknown>>; readonly signal?: AbortSignal },
  ) {
    super({ scope: of.scope, signal: changes.signal ?? of.signal, names: changes.names ?? {}, parent: of });
    this.#of = of;
  }

  override setResult(name: string, result: StepResult): void {
    this.#of.setResult(name, result);
  }
}
