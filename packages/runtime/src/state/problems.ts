import { signal, type ReadonlySignal } from '@preact/signals-core';

/** Something that went wrong on a screen, and where. */
export interface RuntimeProblem {
  readonly kind: 'binding' | 'render' | 'query' | 'event' | 'type';
  readonly component?: string;
  readonly query?: string;
  /** JSON pointer within the component, e.g. `/settings/text`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** The problems of a screen that hold right now. */
export interface Problems {
  /** All of them; changes at most once per microtask. */
  readonly all: ReadonlySignal<readonly RuntimeProblem[]>;
  /** Sets (or, without a problem, clears) what is wrong at a place. Safe to call while values are computed. */
  report(key: string, problem: RuntimeProblem | undefined): void;
  /** Forgets every problem whose key begins with `prefix`. */
  clear(prefix: string): void;
  of(component: string): readonly RuntimeProblem[];
}

/** Makes an empty record of problems. */
export function createProblems(): Problems {
  const byKey = new Map<string, RuntimeProblem>();
  const all = signal<readonly RuntimeProblem[]>([]);
  let isScheduled = false;
  // Computed values must not write signals, so the public list follows a moment later.
  const publish = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      all.value = [...byKey.values()];
    });
  };
  return {
    all,
    report(key, problem) {
      const known = byKey.get(key);
      if (
        problem === undefined ? known === undefined : known?.message === problem.message && known.code === problem.code
      )
        return;
      if (problem === undefined) byKey.delete(key);
      else byKey.set(key, problem);
      publish();
    },
    clear(prefix) {
      for (const key of byKey.keys()) {
        if (!key.startsWith(prefix)) continue;
        byKey.delete(key);
        publish();
      }
    },
    of: (component) => [...byKey.values()].filter((problem) => problem.component === component),
  };
}
