import { useCallback, useState } from 'react';

const storageKey = 'fettle.builder.view';
const least = 160;

/** The height of the dock in pixels, remembered on this machine. */
export function useDockHeight(): readonly [height: number, setHeight: (height: number) => void] {
  const [height, setHeight] = useState(() => clampHeight(readHeight() ?? 340));
  const change = useCallback((next: number): void => {
    const clamped = clampHeight(next);
    setHeight(clamped);
    writeHeight(clamped);
  }, []);
  return [height, change];
}

/** Never so small that nothing is seen, never over most of the window. */
export function clampHeight(height: number, available = window.innerHeight): number {
  return Math.round(Math.max(least, Math.min(height, Math.max(least, available - 200))));
}

function readHeight(): number | undefined {
  const { dockHeight } = readView();
  return typeof dockHeight === 'number' ? dockHeight : undefined;
}

function readView(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function writeHeight(dockHeight: number): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ ...readView(), dockHeight }));
  } catch {
    // A full or forbidden storage: the height holds until the page closes.
  }
}
