import { signal } from '@preact/signals-core';
import type { BrowserRouter, Location } from './browser-router.ts';

/** A router that stays where it is, for rendering without a browser. */
export function createFixedRouter(base: string, location: Location): BrowserRouter {
  const prefix = base.replace(/\/+$/, '');
  return {
    location: signal(location),
    go: () => undefined,
    back: () => undefined,
    href: (path) => prefix + path.replace(/^\/(?=$|\?)/, ''),
    listen: () => () => undefined,
  };
}
