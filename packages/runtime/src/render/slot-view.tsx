import { computed } from '@preact/signals-core';
import { memo, useLayoutEffect, useMemo, useState } from 'react';
import type { ComponentInstance } from '../state/component-instance.ts';
import { Frame } from '../state/frame.ts';
import { ComponentView } from './component-view.tsx';
import { useScreen } from './screen-context.ts';
import { useSignalValue } from './use-signal-value.ts';

const none: readonly string[] = [];

interface SlotViewProps {
  readonly instance: ComponentInstance;
  readonly name: string;
  /** Names the slot adds for its children. */
  readonly scope?: Readonly<Record<string, unknown>>;
  readonly isRepeated: boolean;
}

/** The children of a slot. Follows only the list of their ids. */
export const SlotView = memo(function SlotView({ instance, name, scope, isRepeated }: SlotViewProps) {
  const { decorate } = useScreen();
  const childIds = useMemo(() => computed(() => instance.node.value?.slots?.[name] ?? none), [instance, name]);
  const ids = useSignalValue(childIds);
  const frame = useFrame(instance.frame, scope, isRepeated);
  const children = ids.map((id) => <ComponentView key={id} id={id} frame={frame} />);
  return decorate.slot?.(instance.id, name, children, ids.length) ?? children;
});

// One frame for the life of the slot: new values flow through its signal, so that only the bindings that read
// them are evaluated again and the children keep their state.
function useFrame(parent: Frame, scope: Readonly<Record<string, unknown>> | undefined, isRepeated: boolean): Frame {
  const [own, setOwn] = useState(() => (scope === undefined && !isRepeated ? undefined : new Frame(parent, scope, isRepeated)));
  const isStale = own !== undefined && own.parent !== parent;
  const frame = isStale ? new Frame(parent, scope, isRepeated) : own;
  useLayoutEffect(() => {
    if (isStale) setOwn(frame);
    else if (frame !== undefined && scope !== undefined && !isSameScope(frame.values.peek(), scope)) frame.values.value = scope;
  });
  return frame ?? parent;
}

function isSameScope(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}
