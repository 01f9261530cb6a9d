import { AppError } from '@fettle/base';
import type { CompiledComponent } from '@fettle/definition';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { computed } from '@preact/signals-core';
import {
  memo,
  useLayoutEffect,
  useMemo,
  useState,
  type ComponentType,
  type CSSProperties,
  type ReactNode,
} from 'react';
import { placeholderHeight } from '../plugins/placeholder-height.ts';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { Frame } from '../state/frame.ts';
import type { LoadedComponent } from '../state/extension-registry.ts';
import { createComponentHost, type SlotViewProps } from './component-host.tsx';
import { ComponentBoundary, MissingComponent } from './component-boundary.tsx';
import { useScreen } from './screen-context.ts';
import { useFrame } from './use-frame.ts';
import { useSignalValue } from './use-signal-value.ts';

/** One component of a screen in its cell. Renders again only when its own node or its own values change. */
export const ComponentView = memo(function ComponentView({
  id,
  frame,
}: {
  readonly id: string;
  readonly frame: Frame;
}) {
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
      <Content key={node.type} instance={instance} type={node.type} />
    </Cell>
  );
  return decorate.component?.(id, cell) ?? cell;
});

function Cell({
  node,
  isHidden,
  children,
}: {
  readonly node: CompiledComponent;
  readonly isHidden: boolean;
  readonly children: ReactNode;
}) {
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

const none: readonly string[] = [];

/** The children of a slot. Follows only the list of their ids. */
const SlotView = memo(function SlotView({ instance, name, names, isRepeated }: SlotViewProps) {
  const { decorate } = useScreen();
  const childIds = useMemo(() => computed(() => instance.node.value?.slots?.[name] ?? none), [instance, name]);
  const ids = useSignalValue(childIds);
  const frame = useFrame(instance.frame, names, isRepeated);
  const children = ids.map((id) => <ComponentView key={id} id={id} frame={frame} />);
  return decorate.slot?.(instance.id, name, children, ids.length) ?? children;
});

/** The component itself: apart from its cell, so that a new layout or new children do not render it again. */
const Content = memo(function Content({
  instance,
  type,
}: {
  readonly instance: ComponentInstance;
  readonly type: string;
}) {
  const { store } = useScreen();
  const { extensions } = store.app;
  const [attempt, setAttempt] = useState(0);
  // On the canvas there are other extensions when a plugin was changed; after a failure each attempt loads again.
  const loaded = useMemo(() => extensions.load(type), [extensions, type, attempt]);
  const { mode, isInteractive } = useSignalValue(store.mode);
  const isQuiet = mode === 'design' && !isInteractive;
  const host = useMemo(() => createComponentHost({ store, instance, isQuiet, SlotView }), [store, instance, isQuiet]);
  if (loaded === undefined) return <MissingComponent type={type} />;
  return (
    <ComponentHostProvider value={host}>
      <ComponentBoundary instance={instance} onRetry={() => setAttempt(attempt + 1)}>
        <Body instance={instance} loaded={loaded} />
      </ComponentBoundary>
    </ComponentHostProvider>
  );
});

// Loading is followed by hand: suspense holds back boundaries that resolve soon after one another, which would bring
// up a screen level by level with pauses between.
function Body({ instance, loaded }: { readonly instance: ComponentInstance; readonly loaded: LoadedComponent }) {
  const load = useSignalValue(loaded);
  if (load.status === 'failed') throw loadFailure(load.error);
  if (load.status === 'loading') return <Placeholder instance={instance} />;
  return <Implemented instance={instance} implementation={load.implementation as ComponentType<ComponentProps>} />;
}

function Placeholder({ instance }: { readonly instance: ComponentInstance }) {
  const height = placeholderHeight(instance.manifest.peek(), instance.settings.peek());
  return <div className="fettle-component-loading" style={height === undefined ? {} : { height }} aria-hidden />;
}

interface ImplementedProps {
  readonly instance: ComponentInstance;
  readonly implementation: ComponentType<ComponentProps>;
}

function Implemented({ instance, implementation: Implementation }: ImplementedProps) {
  const settings = useSignalValue(instance.settings);
  // Components ask for the sizes of their slots and for attached events while rendering.
  const shape = useMemo(() => computed(() => describeShape(instance.node.value)), [instance]);
  useSignalValue(shape);
  return <Implementation settings={settings} />;
}

function loadFailure(cause: unknown): AppError {
  return new AppError('unavailable', {
    code: 'component.not-loaded',
    message: 'Its code could not be loaded. Check your connection and try again.',
    cause,
  });
}

function describeShape(node: CompiledComponent | undefined): string {
  const slots = Object.entries(node?.slots ?? {}).map(([name, ids]) => `${name}=${ids.length}`);
  const events = Object.entries(node?.events ?? {}).map(([name, actions]) => `${name}:${actions.length > 0}`);
  return [node?.name ?? '', ...slots, ...events].join(' ');
}
