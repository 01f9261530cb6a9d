import { effect, untracked, type ReadonlySignal } from '@preact/signals-core';
import { useCallback, useSyncExternalStore } from 'react';

/** The value of a signal; renders again when it becomes another one. */
export function useSignalValue<T>(source: ReadonlySignal<T>): T {
  const subscribe = useCallback(
    (notify: () => void) => {
      let isFirst = true;
      return effect(() => {
        // Reading the value is what follows it.
        void source.value;
        if (!isFirst) untracked(notify);
        isFirst = false;
      });
    },
    [source],
  );
  const read = (): T => source.peek();
  return useSyncExternalStore(subscribe, read, read);
}
