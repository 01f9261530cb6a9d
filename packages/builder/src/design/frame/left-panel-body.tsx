import type { ReactNode } from 'react';
import { useCurrentFlow } from '../design-context.ts';
import { LazyStepPalette } from '../flows/lazy-editor.tsx';
import { FlowsPanel } from '../flows/list/flows-panel.tsx';
import { AccessPanel } from '../panels/access/access-panel.tsx';
import { PalettePanel } from '../panels/palette/palette-panel.tsx';
import { ProblemsPanel } from '../panels/problems/problems-panel.tsx';
import { StatePanel } from '../panels/state/state-panel.tsx';
import { ThemePanel } from '../panels/theme/theme-panel.tsx';
import { TreePanel } from '../panels/tree/tree-panel.tsx';
import type { LeftPanel } from '../view-state.ts';

const panels: Readonly<Record<Exclude<LeftPanel, 'none'>, () => ReactNode>> = {
  tree: TreePanel,
  flows: FlowsPanel,
  add: PalettePanel,
  state: StatePanel,
  theme: ThemePanel,
  access: AccessPanel,
  problems: ProblemsPanel,
};

/** The open left panel. */
export function LeftPanelBody({ panel }: { readonly panel: Exclude<LeftPanel, 'none'> }) {
  const flow = useCurrentFlow();
  const Panel = panel === 'add' && flow !== undefined ? LazyStepPalette : panels[panel];
  return <Panel />;
}
