import { useLayoutEffect, useMemo, useState } from 'react';
import { Frame } from '../state/frame.ts';

type Names = Readonly<Record<string, unknown>>;

const noNames: Names = {};

/**
 * The frame of a slot's children. One frame lives as long as the slot: new values flow through its signal, so that only
 * the bindings that read them are evaluated again and the children keep their state.
 */
export function useFrame(parent: Frame, names: Names | undefined, isRepeated: boolean): Frame {
  const [first] = useState(names);
  const isOwn = names !== undefined || isRepeated;
  const frame = useMemo(
    () => (isOwn ? new Frame(parent, first ?? noNames, isRepeated) : parent),
    [parent, first, isOwn, isRepeated],
  );
  useLayoutEffect(() => {
    if (names !== undefined) frame.update(names);
  });
  return frame;
}
