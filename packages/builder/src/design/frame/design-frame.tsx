import { useHotkeys } from '@mantine/hooks';
import { Canvas } from '../canvas/canvas.tsx';
import { DragArea } from '../canvas/drag/drag-area.tsx';
import { useCurrentFlow, useDesign, useView } from '../design-context.ts';
import { QueryDock } from '../dock/query-dock.tsx';
import { LazyFlowEditor, LazyFlowInspector } from '../flows/lazy-editor.tsx';
import { useFlowAddress } from '../flows/use-flow-address.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { ProblemsProvider, useCheckedProblems } from '../panels/problems/use-problems.ts';
import { LeftRail } from './left-rail.tsx';
import { LeftPanelBody } from './left-panel-body.tsx';
import { LostEdits } from './lost-edits.tsx';
import { TopBar } from './top-bar.tsx';
import styles from './design-frame.module.css';

/** The builder's page: rail and panel left, canvas and dock in the middle, inspector right. */
export function DesignFrame() {
  const { session } = useDesign();
  const problems = useCheckedProblems();
  const left = useView((state) => state.left);
  const isDockOpen = useView((state) => state.isDockOpen);
  const flow = useCurrentFlow();
  useFlowAddress();
  useHotkeys([
    ['mod+Z', () => session.undo()],
    ['mod+shift+Z', () => session.redo()],
    ['mod+Y', () => session.redo()],
    ['mod+S', () => void session.flush().catch(() => undefined)],
  ]);
  return (
    <ProblemsProvider value={problems}>
      <DragArea>
        <div className={styles['frame']} data-left={left === 'none' ? 'closed' : 'open'}>
          <TopBar />
          <LeftRail />
          {left !== 'none' && (
            <aside className={styles['left']} aria-label="Panel">
              <LeftPanelBody panel={left} />
            </aside>
          )}
          <main className={styles['middle']}>
            <LostEdits />
            {flow === undefined ? <Canvas /> : <LazyFlowEditor flow={flow} />}
            {isDockOpen && <QueryDock />}
          </main>
          <aside className={styles['inspector']} aria-label="Settings">
            {flow === undefined ? <Inspector /> : <LazyFlowInspector flow={flow} />}
          </aside>
        </div>
      </DragArea>
    </ProblemsProvider>
  );
}
