import { useHost } from '@fettle/sdk/react';
import { useEffect, useRef, useState } from 'react';

/** Offers a method of the manifest while the component is mounted. Always calls the latest `run`. */
export function useMethod(name: string, run: (input?: Readonly<Record<string, unknown>>) => unknown): void {
  const host = useHost();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => host.offer(name, (input) => latest.current(input)), [host, name]);
}

/** Publishes values to expressions after every render; equal values change nothing. */
export function useExposed(values: Readonly<Record<string, unknown>>): void {
  const host = useHost();
  useEffect(() => {
    host.expose(values);
  });
}

/** Runs an event's actions, one run at a time, and tells while they run. Does nothing on the canvas. */
export function useEvent(name: string) {
  const host = useHost();
  const [isRunning, setRunning] = useState(false);
  const isBusy = useRef(false);
  const run = async (payload?: Readonly<Record<string, unknown>>): Promise<boolean> => {
    if (host.mode === 'design' || isBusy.current) return false;
    isBusy.current = true;
    setRunning(true);
    try {
      return await host.emit(name, payload);
    } finally {
      isBusy.current = false;
      setRunning(false);
    }
  };
  return { isRunning, isActive: host.hasEvent(name), run };
}
