import { useEffect, type RefObject } from 'react';
import { focusPlace, type InspectorTab } from './focus-place.ts';

/** Brings the setting a problem points at into view and puts the focus there, once its part of the inspector is open. */
export function useRevealedSetting(
  body: RefObject<HTMLElement | null>,
  focus: string | undefined,
  tab: InspectorTab,
): void {
  useEffect(() => {
    if (focus === undefined) return undefined;
    const place = focusPlace(focus);
    if (place.tab !== tab) return undefined;
    // Lists open their entry first: the field is there one frame later.
    const frame = requestAnimationFrame(() => {
      const element = findSetting(body.current, place.path);
      element?.scrollIntoView({ block: 'center' });
      element?.querySelector<HTMLElement>('input, textarea, [contenteditable], button[id], button')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [body, focus, tab]);
}

/** The element of a path, or of the nearest place around it that is shown. */
function findSetting(root: HTMLElement | null, path: string): HTMLElement | null {
  if (root === null) return null;
  const keys = path.split('/');
  for (let length = keys.length; length > 0; length -= 1) {
    const wanted = keys.slice(0, length).join('/');
    for (const element of root.querySelectorAll<HTMLElement>('[data-setting]')) {
      if (element.dataset['setting'] === wanted) return element;
    }
  }
  return null;
}
