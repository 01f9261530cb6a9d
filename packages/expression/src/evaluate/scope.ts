import { forbiddenKeys } from '@fettle/base';

/** What names mean in an expression. Hosts may implement it themselves, e.g. to track what is read. */
export interface Scope {
  has(name: string): boolean;
  get(name: string): unknown;
  names(): Iterable<string>;
}

/** A scope of the own members of `values`; names it lacks are looked up in `parent`. */
export function createScope(values: Readonly<Record<string, unknown>>, parent?: Scope): Scope {
  const owns = (name: string): boolean => Object.hasOwn(values, name) && !forbiddenKeys.has(name);
  return {
    has: (name) => owns(name) || (parent?.has(name) ?? false),
    get: (name) => (owns(name) ? values[name] : parent?.get(name)),
    *names() {
      yield* Object.keys(values).filter((name) => !forbiddenKeys.has(name));
      if (parent) for (const name of parent.names()) if (!owns(name)) yield name;
    },
  };
}

/** How a scope object answers. `get` is called only for keys that `has` claims. */
export interface ScopeObjectHandlers {
  get(key: string): unknown;
  has(key: string): boolean;
  keys(): Iterable<string>;
}

/** An object whose members are read through handlers; to everyone else it is opaque. */
export class ScopeObject {
  readonly #handlers: ScopeObjectHandlers;

  constructor(handlers: ScopeObjectHandlers) {
    this.#handlers = handlers;
    Object.freeze(this);
  }

  static read(object: ScopeObject, key: string): unknown {
    return object.#handlers.has(key) ? object.#handlers.get(key) : undefined;
  }

  static has(object: ScopeObject, key: string): boolean {
    return object.#handlers.has(key);
  }

  static keys(object: ScopeObject): readonly string[] {
    return [...object.#handlers.keys()].filter((key) => !forbiddenKeys.has(key));
  }
}

/**
 * Makes an object whose members are read lazily, one by one, as expressions ask for them: a browser host
 * reads a signal in `get` and thereby learns what an expression depends on.
 */
export function createScopeObject(handlers: ScopeObjectHandlers): object {
  return new ScopeObject(handlers);
}
