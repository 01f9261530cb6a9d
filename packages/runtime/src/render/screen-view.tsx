import { MantineThemeProvider, type MantineThemeOverride } from '@mantine/core';
import { effect } from '@preact/signals-core';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useState, type Ref } from 'react';
import { runScreenEvent } from '../events/event-runner.ts';
import type { AppRuntime } from '../state/app-runtime.ts';
import type { RuntimeProblem } from '../state/problems.ts';
import type { ScreenSource } from '../state/screen-source.ts';
import { createScreenStore, type ScreenMode, type ScreenStore } from '../state/screen-store.ts';
import { ComponentView } from './component-view.tsx';
import { MessagesView } from './messages-view.tsx';
import { createRuntimeHandle, type RuntimeHandle } from './runtime-handle.ts';
import { ScreenContextProvider, type Decorators } from './screen-context.ts';
import { useSignalValue } from './use-signal-value.ts';
import './screen.css';

/** Props of {@link ScreenView}. */
export interface ScreenViewProps {
  readonly runtime: AppRuntime;
  /** Where the screen comes from: `fixedScreen(…)`, or a source that follows a draft. Another source is another screen. */
  readonly source: ScreenSource;
  /** Values of the route's parameters. Other values are another visit: state starts afresh. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** `design`: on the canvas. Default `run`. */
  readonly mode?: 'run' | 'design';
  /** On the canvas: use the app instead of selecting in it. */
  readonly isInteractive?: boolean;
  readonly decorate?: Decorators;
  /** Told whenever the list of problems changes. */
  readonly onErrors?: (problems: readonly RuntimeProblem[]) => void;
  /** Told the title with its bindings evaluated. */
  readonly onTitle?: (title: string) => void;
  readonly handle?: Ref<RuntimeHandle>;
  /** False: no title line (default true). */
  readonly hasTitle?: boolean;
}

const noDecorators: Decorators = {};

const identities = new WeakMap<object, number>();
let identityCount = 0;

function identityOf(object: object): number {
  let identity = identities.get(object);
  if (identity === undefined) {
    identityCount += 1;
    identity = identityCount;
    identities.set(object, identity);
  }
  return identity;
}

/** One screen of an app, live: used by published apps and, in `design` mode, as the canvas of the builder. */
export function ScreenView(props: ScreenViewProps) {
  const { runtime, source, params } = props;
  // Another app, screen or record is another visit, with a store of its own.
  const visit = `${identityOf(runtime)} ${identityOf(source)} ${JSON.stringify(params ?? {})}`;
  return <Visit key={visit} {...props} />;
}

function Visit(props: ScreenViewProps) {
  const { runtime, source, mode = 'run', decorate = noDecorators, onErrors } = props;
  const isInteractive = mode === 'run' || props.isInteractive === true;
  const store = useScreenStore(props, { mode, isInteractive });

  useImperativeHandle(props.handle, () => createRuntimeHandle(store), [store]);
  useEffect(() => {
    store.update({ mode: { mode, isInteractive } });
  }, [store, mode, isInteractive]);
  const { query } = props;
  useEffect(() => {
    if (query !== undefined) store.update({ query });
  }, [store, query]);
  useEffect(
    () => (onErrors === undefined ? undefined : effect(() => onErrors(store.problems.all.value))),
    [store, onErrors],
  );

  const { onTitle } = props;
  useEffect(() => (onTitle === undefined ? undefined : effect(() => onTitle(store.title.value))), [store, onTitle]);

  const [overlays, setOverlays] = useState<HTMLElement | null>(null);
  const theme = useMemo(() => overlayTheme(overlays, mode === 'design'), [overlays, mode]);
  const context = useMemo(() => ({ store, decorate }), [store, decorate]);
  const head = useSignalValue(store.head);
  usePreload(source, runtime);

  return (
    <ScreenContextProvider value={context}>
      <MantineThemeProvider theme={theme}>
        <div className="fettle-frame" data-fettle-mode={isInteractive ? 'run' : 'design'}>
          <div className="fettle-screen" data-fettle-screen={head.id} data-width={head.width ?? 'normal'}>
            <div className="fettle-screen-content">
              {props.hasTitle !== false && head.hasTitle !== false && <ScreenTitle store={store} />}
              <ComponentView key={head.root} id={head.root} frame={store.root} />
            </div>
          </div>
          <div className="fettle-overlays" ref={setOverlays}>
            <MessagesView messages={runtime.messages} />
          </div>
        </div>
      </MantineThemeProvider>
    </ScreenContextProvider>
  );
}

function ScreenTitle({ store }: { readonly store: ScreenStore }) {
  const title = useSignalValue(store.title);
  return title === '' ? null : <h1 className="fettle-screen-title">{title}</h1>;
}

function useScreenStore(props: ScreenViewProps, mode: ScreenMode): ScreenStore {
  const { runtime, source, params = {}, query = {} } = props;
  const [store] = useState(() => createScreenStore({ app: runtime.store, source, params, query, mode }));
  useEffect(() => {
    store.open();
    store.startQueries();
    const visitEnds = new AbortController();
    void runScreenEvent(store, 'open', visitEnds.signal);
    return () => {
      void runScreenEvent(store, 'close', new AbortController().signal);
      visitEnds.abort();
      store.dispose();
    };
  }, [store]);
  return store;
}

// All code of a screen starts loading at once instead of level by level.
function usePreload(source: ScreenSource, runtime: AppRuntime): void {
  useLayoutEffect(() => {
    for (const id of source.componentIds()) {
      const type = source.getComponent(id)?.type;
      if (type !== undefined) runtime.store.extensions.load(type);
    }
  }, [source, runtime]);
}

// What floats is kept inside the screen's own host, so that the canvas contains it and sizes follow the screen.
function overlayTheme(target: HTMLElement | null, isDesign: boolean): MantineThemeOverride {
  if (target === null) return {};
  const portalProps = { target };
  const quiet = isDesign ? { lockScroll: false, trapFocus: false, returnFocus: false } : {};
  const dialogs = { defaultProps: { portalProps, ...quiet } };
  const popovers = isDesign ? { defaultProps: { portalProps } } : {};
  return {
    components: {
      Modal: dialogs,
      Drawer: dialogs,
      ...(isDesign ? { Popover: popovers, Menu: popovers, Tooltip: popovers, HoverCard: popovers } : {}),
    },
  };
}
