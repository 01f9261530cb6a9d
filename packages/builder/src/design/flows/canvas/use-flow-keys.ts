import { useEffect, useRef, type RefObject } from 'react';
import { useReactFlow } from '@xyflow/react';
import { stepLists, type Flow } from '@fettle/definition';
import { useDesign } from '../../design-context.ts';
import { placedSteps } from '../edit/step-tree.ts';
import { openPalette, useStepEdits, type StepEdits } from '../edit/use-step-edits.ts';
import { flowSurface, flowView, toggleFold } from '../flow-surface.ts';
import { isContainer } from '../kinds/step-kinds.ts';
import { stopsOf, walk, type WalkKey } from '../layout/walk.ts';

const walkKeys: ReadonlySet<string> = new Set<WalkKey>([
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'Escape',
]);

/** The keys of the canvas: everything that can be done with a pointer. */
export function useFlowKeys(viewport: RefObject<HTMLElement | null>, flow: Flow, folded: ReadonlySet<string>): void {
  const { view } = useDesign();
  const edits = useStepEdits();
  const instance = useReactFlow();
  const latest = useRef({ flow, folded });
  latest.current = { flow, folded };
  useEffect(() => {
    const element = viewport.current;
    if (element === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      // Fields and buttons on the canvas have keys of their own.
      if (event.target !== element || flowView.getState().drag !== undefined) return;
      if (!runKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const runKey = (event: KeyboardEvent): boolean =>
      runEditKey(event, edits) || runViewKey(event) || walkTo(event) || runStepKey(event);
    const walkTo = (event: KeyboardEvent): boolean => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (!walkKeys.has(key) || altKey || ctrlKey || metaKey) return false;
      const { steps } = view.getState();
      const from = steps.at(-1);
      const next = walk(stopsOf(latest.current.flow, latest.current.folded), from, key as WalkKey);
      if (next === undefined) return key !== 'Escape';
      const isStep = placedSteps(latest.current.flow).has(next);
      view.selectSteps(shiftKey && isStep ? [...steps.filter((id) => id !== next), next] : [next]);
      flowSurface.current?.reveal(next);
      return true;
    };
    const runStepKey = (event: KeyboardEvent): boolean => {
      const { key } = event;
      const id = view.getState().steps.at(-1);
      const step = id === undefined ? undefined : placedSteps(latest.current.flow).get(id)?.step;
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'a') {
        view.selectSteps(siblingsOf(latest.current.flow, id));
        return true;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (key === 'Enter') {
        if (id !== undefined && id !== 'trigger' && step === undefined) openPalette(edits.target());
        else focusSettings();
        return true;
      }
      if (key === ' ' && step !== undefined && isContainer(step)) {
        toggleFold(step.id);
        return true;
      }
      if ((key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) && step !== undefined) {
        const box = document.getElementById(`flow-card-${step.id}`)?.getBoundingClientRect();
        if (box !== undefined) flowView.setState({ menu: { step: step.id, x: box.right - 16, y: box.top + 24 } });
        return true;
      }
      return false;
    };
    const runViewKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
      if (ctrlKey || metaKey || altKey) return false;
      if (key === '1') void instance.fitView({ padding: 0.1, maxZoom: 1, duration: 150 });
      else if (key === '0') {
        void instance.zoomTo(1).then(() => {
          const id = view.getState().steps.at(-1);
          if (id !== undefined) flowSurface.current?.reveal(id);
        });
      } else return false;
      return true;
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [edits, instance, view, viewport]);
}

/** Keys that change the flow. Answers whether the key means something. */
function runEditKey(event: KeyboardEvent, edits: StepEdits): boolean {
  const isMod = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (isMod) {
    if (key === 'c') void edits.copy();
    else if (key === 'x') void edits.cut();
    else if (key === 'v') void edits.paste();
    else if (key === 'd') edits.duplicate();
    else return false;
    return true;
  }
  if (event.altKey) {
    if (key !== 'arrowup' && key !== 'arrowdown') return false;
    edits.nudge(key === 'arrowup' ? -1 : 1);
    return true;
  }
  if (key === 'delete' || key === 'backspace') edits.remove();
  else if (key === 'a' || key === '+' || key === '/') openPalette(edits.target(event.shiftKey && key === 'a'));
  else if (key === 'd') edits.toggleDisabled();
  else return false;
  return true;
}

/** All steps beside one; those of the flow without one. */
function siblingsOf(flow: Flow, id: string | undefined): readonly string[] {
  const placed = placedSteps(flow);
  const place = id === undefined ? undefined : placed.get(id)?.place;
  const parent = place?.step === undefined ? undefined : placed.get(place.step)?.step;
  const list = parent && stepLists(parent).find((one) => one.list === place?.list);
  return (list?.steps ?? flow.steps).map((step) => step.id);
}

/** The first field of the settings. */
function focusSettings(): void {
  requestAnimationFrame(() => {
    const fields = '[data-flow-settings] :is(input, textarea, button[id], [contenteditable="true"], [role="textbox"])';
    document.querySelector<HTMLElement>(`[data-flow-body] ${fields}, ${fields}`)?.focus();
  });
}
