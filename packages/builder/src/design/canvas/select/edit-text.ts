import { hasBinding } from '@fettle/expression';
import type { Design } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import { findCell } from '../geometry/measure-slots.ts';

/** Settings that hold the text a component shows, in the order of preference. */
const textSettings = ['text', 'label', 'title', 'content'] as const;

/**
 * Edits a component's text where it stands: Enter or leaving keeps it, Escape drops it. Texts with bindings are edited
 * in the inspector, where the binding editor is.
 */
export function startTextEdit({ session, view }: Design, id: string): void {
  const screenId = view.getState().screen;
  const component = session.store.getState().app.screens[screenId]?.components[id];
  const setting = textSettings.find((name) => typeof component?.settings[name] === 'string');
  const text = setting === undefined ? undefined : component?.settings[setting];
  const root = canvasRoot.current;
  if (setting === undefined || typeof text !== 'string' || hasBinding(text) || root === null) return;
  const cell = findCell(root, id);
  const element = cell && elementWithText(cell, text);
  if (element === undefined) return;
  const original = element.textContent ?? '';
  element.contentEditable = 'plaintext-only';
  element.focus();
  document.getSelection()?.selectAllChildren(element);
  const finish = (isKept: boolean): void => {
    element.removeEventListener('keydown', onKey);
    element.removeEventListener('blur', onBlur);
    element.contentEditable = 'inherit';
    const next = element.textContent ?? '';
    // React owns this text: it is put back, and the command brings the new one.
    element.textContent = original;
    if (isKept && next !== text)
      session.dispatch({ type: 'setting.set', screen: screenId, component: id, path: setting, value: next });
  };
  const onBlur = (): void => finish(true);
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      element.blur();
    } else if (event.key === 'Escape') finish(false);
  };
  element.addEventListener('keydown', onKey);
  element.addEventListener('blur', onBlur);
}

function elementWithText(cell: HTMLElement, text: string): HTMLElement | undefined {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.textContent?.trim() === text.trim()) return node.parentElement ?? undefined;
  }
  return undefined;
}
