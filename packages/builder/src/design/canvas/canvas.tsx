import { memo, useCallback, useMemo, useRef, type ReactNode } from 'react';
import { createAppTheme, ScreenView, ThemeProvider, type RuntimeHandle } from '@fettle/runtime';
import { Text } from '@mantine/core';
import { useExtensions } from '../../extensions.ts';
import { useApp, useDesign, useView } from '../design-context.ts';
import { canvasRoot } from './canvas-root.ts';
import { useStore } from 'zustand';
import { createDecorators } from './decorators.tsx';
import { dragState } from './drag/drag-state.ts';
import { DropLine } from './drag/drop-line.tsx';
import { useCanvasKeys } from './edit/use-canvas-keys.ts';
import { canvasRuntime } from './runtime-handle-store.ts';
import { SelectionOverlay } from './select/selection-overlay.tsx';
import { useRevealedSelection } from './select/use-revealed-selection.ts';
import { useCanvasPointer } from './select/use-canvas-pointer.ts';
import { createDraftScreenSource } from './source/draft-screen-source.ts';
import { useCanvasRuntime } from './source/use-canvas-runtime.ts';
import { useFitScale } from './use-fit-scale.ts';
import styles from './canvas.module.css';

const keepHandle = (handle: RuntimeHandle | null): void => canvasRuntime.setState({ handle: handle ?? undefined });

const widths = { phone: 390, tablet: 820, desktop: 1200 } as const;

/** The real app, at its real width, in the middle of the builder. */
export function Canvas() {
  const design = useDesign();
  const { session } = design;
  const { catalog } = useExtensions();
  // Only which screen it is: what is on it reaches the canvas component by component.
  const shown = useView((state) => state.screen);
  const screenId = useApp((app) => app.screens[shown]?.id);
  const role = useView((state) => state.role);
  const breakpoint = useView((state) => state.breakpoint);
  const params = useView((state) => state.params);
  const isInteracting = useView((state) => state.isInteracting);
  const runtime = useCanvasRuntime();
  const viewport = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const scale = useFitScale(viewport, widths[breakpoint]);
  const pointer = useCanvasPointer();
  useCanvasKeys(viewport);
  const source = useMemo(
    () => (screenId === undefined ? undefined : createDraftScreenSource({ session, screen: screenId, role, catalog })),
    [session, screenId, role, catalog],
  );
  const decorators = useMemo(() => createDecorators(design), [design]);
  const isDragging = useStore(dragState, (state) => state.item !== undefined);
  const keepRoot = useCallback((element: HTMLDivElement | null) => {
    frame.current = element;
    canvasRoot.current = element;
  }, []);

  const frameElement = useCallback(() => frame.current ?? undefined, []);
  // The frame around the app renders for many reasons that are none of the app's.
  const content = useMemo(
    () =>
      source === undefined ? null : (
        <ScreenView
          key={screenId}
          runtime={runtime}
          source={source}
          params={params}
          mode="design"
          isInteractive={isInteracting}
          decorate={decorators}
          handle={keepHandle}
        />
      ),
    [screenId, runtime, source, params, isInteracting, decorators],
  );

  if (source === undefined) {
    return (
      <div className={styles['empty']}>
        <Text c="dimmed">Add a screen to begin.</Text>
      </div>
    );
  }
  return (
    <div
      ref={viewport}
      className={styles['viewport']}
      data-canvas-viewport=""
      tabIndex={0}
      role="application"
      aria-label="Canvas. Arrow keys select components, Enter goes in, Escape goes out, Space drags."
      {...(isInteracting ? {} : pointer.props)}
    >
      <div className={styles['sheet']} style={{ width: widths[breakpoint], zoom: scale }}>
        <div
          ref={keepRoot}
          className={styles['root']}
          id="fettle-canvas"
          data-interacting={isInteracting ? '' : undefined}
          data-dragging={isDragging ? '' : undefined}
          {...pointer.dragProps}
          data-breakpoint={breakpoint}
        >
          <CanvasTheme element={frameElement}>{content}</CanvasTheme>
        </div>
      </div>
      <RevealedSelection />
      <SelectionOverlay viewport={viewport} scale={scale} />
      <DropLine />
    </div>
  );
}

/** Follows the order of the components, which the canvas itself does not. */
function RevealedSelection() {
  useRevealedSelection();
  return null;
}

/** The app's theme, confined to the canvas. */
const CanvasTheme = memo(function CanvasTheme({
  element,
  children,
}: {
  readonly element: () => HTMLElement | undefined;
  readonly children: ReactNode;
}) {
  const theme = useApp((app) => app.theme);
  const appTheme = useMemo(() => createAppTheme(theme), [theme]);
  const within = useMemo(() => ({ selector: '#fettle-canvas', element }), [element]);
  return (
    <ThemeProvider theme={appTheme} within={within}>
      {children}
    </ThemeProvider>
  );
});
