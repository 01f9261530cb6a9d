import { jsonEquals } from '@fettle/base';
import { batch, signal, type Signal } from '@preact/signals-core';

/** Values one mounted component shows to expressions, each its own signal. */
export class Exposure {
  readonly #values = new Map<string, Signal<unknown>>();

  /** The signal of a value; made on first use, so that it can be read before the component is there. */
  of(key: string): Signal<unknown> {
    let value = this.#values.get(key);
    if (value === undefined) {
      value = signal<unknown>(undefined);
      this.#values.set(key, value);
    }
    return value;
  }

  keys(): Iterable<string> {
    return this.#values.keys();
  }

  /** Sets values; true when at least one is another than before. */
  set(values: Readonly<Record<string, unknown>>): boolean {
    let hasChanged = false;
    batch(() => {
      for (const [key, value] of Object.entries(values)) {
        const current = this.of(key);
        if (jsonEquals(current.peek(), value)) continue;
        current.value = value;
        hasChanged = true;
      }
    });
    return hasChanged;
  }

  clear(): void {
    batch(() => {
      for (const value of this.#values.values()) value.value = undefined;
    });
  }
}

/**
 * A place where names are known: the screen itself, or one rendering of a slot that adds names (`item`, `row`).
 * Components inside a repeated slot see the values of their own repetition first.
 */
export class Frame {
  readonly parent: Frame | undefined;
  /** Names the slot adds. */
  readonly values: Signal<Readonly<Record<string, unknown>>>;
  /** True when the same components are rendered several times in frames of this kind. */
  readonly isRepeated: boolean;
  readonly #exposures = new Map<string, Signal<Exposure | undefined>>();

  constructor(parent?: Frame, values: Readonly<Record<string, unknown>> = {}, isRepeated = false) {
    this.parent = parent;
    this.values = signal(values);
    this.isRepeated = isRepeated;
  }

  /** Gives the names new values; the same values change nothing. */
  update(values: Readonly<Record<string, unknown>>): void {
    const before = this.values.peek();
    const keys = Object.keys(values);
    const isSame =
      keys.length === Object.keys(before).length && keys.every((key) => Object.is(before[key], values[key]));
    if (!isSame) this.values.value = values;
  }

  /** The nearest frame outwards (this one included) that holds its own values of components. */
  get home(): Frame {
    return this.isRepeated || this.parent === undefined ? this : this.parent.home;
  }

  /** The exposure of a component in this very frame; reading it follows its coming and going. */
  exposureSignal(component: string): Signal<Exposure | undefined> {
    let exposure = this.#exposures.get(component);
    if (exposure === undefined) {
      exposure = signal<Exposure | undefined>(undefined);
      this.#exposures.set(component, exposure);
    }
    return exposure;
  }

  /** The exposure of a component as seen from here: the nearest frame outwards that has one. */
  findExposure(component: string): Exposure | undefined {
    const home = this.home;
    return home.exposureSignal(component).value ?? home.parent?.findExposure(component);
  }

  get root(): Frame {
    return this.parent?.root ?? this;
  }
}
