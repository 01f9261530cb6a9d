import { lazy } from 'react';
import type { Flow } from '@fettle/definition';
import { Part } from '@fettle/runtime';
import { PageLoading } from '../../shell/page-loading.tsx';

// The canvas and its library come when a flow is opened, not with the builder.
const FlowEditor = lazy(async () => ({ default: (await import('./flow-editor.tsx')).FlowEditor }));
const FlowInspector = lazy(async () => ({ default: (await import('./inspector/flow-inspector.tsx')).FlowInspector }));
const StepPalettePanel = lazy(async () => ({
  default: (await import('./palette/step-palette-panel.tsx')).StepPalettePanel,
}));

const RunButtons = lazy(async () => ({ default: (await import('./runs/test-run.tsx')).RunButtons }));

/** Trying the flow, and its runs. */
export function LazyRunButtons({ flow }: { readonly flow: Flow }) {
  return (
    <Part failure="none">
      <RunButtons flow={flow} />
    </Part>
  );
}

/** The canvas of a flow, loaded on first use. */
export function LazyFlowEditor({ flow }: { readonly flow: Flow }) {
  return (
    <Part failure="page" loading={<PageLoading />}>
      <FlowEditor flow={flow} />
    </Part>
  );
}

/** The settings beside it. */
export function LazyFlowInspector({ flow }: { readonly flow: Flow }) {
  return (
    <Part failure="none">
      <FlowInspector flow={flow} />
    </Part>
  );
}

/** The steps that can be added. */
export function LazyStepPalette() {
  return (
    <Part failure="none">
      <StepPalettePanel />
    </Part>
  );
}
