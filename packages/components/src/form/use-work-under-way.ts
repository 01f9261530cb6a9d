import { useMemo, useRef } from 'react';
import type { FormHost } from '@fettle/sdk/react';

/** Work that values of a form come of. */
interface WorkUnderWay {
  readonly waitFor: FormHost['waitFor'];
  readonly hasAny: () => boolean;
  /** Resolves when it is over: false when any of it came to nothing. */
  readonly over: () => Promise<boolean>;
}

/** Keeps what a submit waits for. */
export function useWorkUnderWay(): WorkUnderWay {
  const works = useRef(new Set<Promise<boolean>>());
  return useMemo(
    () => ({
      waitFor(work) {
        works.current.add(work);
        void work.finally(() => works.current.delete(work));
      },
      hasAny: () => works.current.size > 0,
      over: async () => (await Promise.all(works.current)).every(Boolean),
    }),
    [],
  );
}
