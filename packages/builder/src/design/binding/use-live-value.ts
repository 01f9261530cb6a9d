import { useEffect, useMemo, useState } from 'react';
import { parseTemplate, type LibraryDefinitions, type Template } from '@fettle/expression';
import type { Outcome } from '@fettle/runtime';
import { useStore } from 'zustand';
import { useExtensions } from '../../extensions.ts';
import { canvasRuntime } from '../canvas/runtime-handle-store.ts';
import type { BindingScope } from './binding-scope.ts';
import { evaluateOn } from './expression-world.ts';

/** What a text with bindings gives right now on the canvas, following every change. Undefined: not known (yet). */
export function useLiveValue(text: string, scope: BindingScope): Outcome | undefined {
  const handle = useStore(canvasRuntime, (state) => (scope.isClosed === true ? undefined : state.handle));
  const { catalog } = useExtensions();
  const template = useMemo(() => parseTemplate(text), [text]);
  const sample = useMemo(
    () =>
      scope.picks === undefined || !template.ok ? undefined : tryOn(template.value, scope.extra, catalog.functions),
    [catalog, scope, template],
  );
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (handle === undefined || !template.ok) {
      setOutcome(undefined);
      return undefined;
    }
    // The listener may run while the canvas renders: what it says is taken over afterwards.
    let isOver = false;
    const stop = handle.watch(
      scope.component,
      template.value,
      (next) =>
        queueMicrotask(() => {
          if (!isOver) setOutcome(next);
        }),
      scope.extra,
    );
    return () => {
      isOver = true;
      stop();
    };
  }, [handle, scope, template]);
  return outcome ?? sample;
}

/** Samples are not what will be there: an expression that fails on them may be right. */
function tryOn(
  template: Template,
  values: Readonly<Record<string, unknown>>,
  functions: LibraryDefinitions | undefined,
): Outcome | undefined {
  try {
    return { value: evaluateOn(template, values, functions) };
  } catch {
    return undefined;
  }
}
