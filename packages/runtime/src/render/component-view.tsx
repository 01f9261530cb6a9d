import type { CompiledComponent } from '@fettle/definition';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { computed } from '@preact/signals-core';
import { memo, Suspense, use, useLayoutEffect, useMemo, useState, type ComponentType, type CSSProperties, type ReactNode } from 'react';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { Frame } from '../state/frame.ts';
import type { LoadedComponent } from '../state/extension-registry.ts';
import { createComponentHost } from './component-host.tsx';
import { ComponentBoundary, MissingComponent } from './component-boundary.tsx';
import { useScreen } from './screen-context.ts';
import { useSignalValue } from './use-signal-value.ts';

/** One component of a screen in its cell. Renders again only when its own node or its own values change. */
export const ComponentView = memo(function ComponentView({ id, frame }: { readonly id: string; readonly frame: Frame }) {
  const { store, decorate } = useScreen();
  const instance = useMemo(() => store.createInstance(id, frame), [store, id, frame]);
  useLayoutEffect(() => {
    instance.mount();
    return () => instance.unmount();
  }, [instance]);
  const node = useSignalValue(instance.node);
  const isVisible = useSignalValue(instance.isVisible);
  const { mode, isInteractive } = useSignalValue(store.mode);
  if (node === undefined) return null;
  // On the canvas a hidden component stays, faintly, so that it can be selected.
  if (!isVisible && (mode === 'run' || isInteractive)) return null;
  const cell = (
    <Cell node={node} isHidden={!isVisible}>
      <Content instance={instance} type={node.type} />
    </Cell>
  );
  return decorate.component?.(id, cell) ?? cell;
});

function Cell({ node, isHidden, children }: { readonly node: CompiledComponent; readonly isHidden: boolean; readonly children: ReactNode }) {
  const { layout } = node;
  const style: Record<string, string | number> = {};
  for (const [size, span] of Object.entries(layout?.span ?? {})) style[`--span-${size}`] = span;
  for (const [size, start] of Object.entries(layout?.start ?? {})) style[`--start-${size}`] = start;
  return (
    <div
      data-fettle-cell=""
      data-fettle-id={node.id}
      data-align={layout?.align}
      data-grow={layout?.grow === true ? '' : undefined}
      data-hide-on={layout?.hideOn === undefined || layout.hideOn.length === 0 ? undefined : layout.hideOn.join(' ')}
      data-fettle-hidden={isHidden ? '' : undefined}
      style={style as CSSProperties}
    >
      {children}
    </div>
  );
}

/** The component itself: apart from its cell, so that a new layout or new children do not render it again. */
const Content = memo(function Content({ instance, type }: { readonly instance: ComponentInstance; readonly type: string }) {
  const { store } = useScreen();
  const { extensions } = store.app;
  const [attempt, setAttempt] = useState(0);
  // A type that is already here renders at once, without the cost of a suspense boundary.
  const loaded = useMemo(() => extensions.load(type), [extensions, type, attempt]);
  const wasLoaded = useMemo(() => loaded?.implementation !== undefined, [loaded]);
  const mode = useSignalValue(store.mode);
  const host = useMemo(() => createComponentHost(store, instance), [store, instance, mode]);
  if (loaded === undefined) return <MissingComponent type={type} />;
  const body = <Body instance={instance} loaded={loaded} />;
  return (
    <ComponentHostProvider value={host}>
      <ComponentBoundary instance={instance} onRetry={() => setAttempt(attempt + 1)}>
        {wasLoaded ? body : <Suspense fallback={<div className="fettle-component-loading" aria-hidden />}>{body}</Suspense>}
      </ComponentBoundary>
    </ComponentHostProvider>
  );
});

function Body({ instance, loaded }: { readonly instance: ComponentInstance; readonly loaded: LoadedComponent }) {
  const Implementation = (loaded.implementation ?? use(loaded.promise)) as ComponentType<ComponentProps>;
  const settings = useSignalValue(instance.settings);
  // Components ask for the sizes of their slots and for attached events while rendering.
  const facts = useMemo(() => computed(() => describeShape(instance.node.value)), [instance]);
  useSignalValue(facts);
  return <Implementation settings={settings} />;
}

function describeShape(node: CompiledComponent | undefined): string {
  const slots = Object.entries(node?.slots ?? {}).map(([name, ids]) => `${name}=${ids.length}`);
  const events = Object.entries(node?.events ?? {}).map(([name, actions]) => `${name}:${actions.length > 0}`);
  return [node?.name ?? '', ...slots, ...events].join(' ');
}
