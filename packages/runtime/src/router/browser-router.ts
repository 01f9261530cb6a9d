import { signal, type ReadonlySignal } from '@preact/signals-core';
import { pathBelow } from './route.ts';

/** Where the page is, below the app's base path. */
export interface Location {
  readonly path: string;
  readonly search: string;
}

/** Name of the event on `window` that is dispatched before the page goes elsewhere within the app. */
export const beforeNavigateEvent = 'fettle:before-navigate';

/** Detail of that event. Whoever prevents it may call `proceed` later to go there after all. */
export interface BeforeNavigate {
  readonly to: string;
  readonly proceed: () => void;
}

/** Follows and changes the address of the page. */
export interface BrowserRouter {
  readonly location: ReadonlySignal<Location>;
  /** Goes to a path below the base path. */
  go(path: string, options?: { readonly replace?: boolean }): void;
  back(): void;
  /** The full address of a path, for links. */
  href(path: string): string;
  /** Begins to follow the back and forward buttons. Answers how to stop. */
  listen(): () => void;
}

/** Makes the router of an app that lives under `base`, e.g. `/apps/tickets`. */
export function createBrowserRouter(base: string, page: Window = window): BrowserRouter {
  const prefix = base.replace(/\/+$/, '');
  const read = (): Location => ({
    path: pathBelow(prefix, page.location.pathname) ?? '/',
    search: page.location.search,
  });
  const location = signal(read());
  // Each entry knows its position, so that a refused "back" can be undone.
  let position = positionOf(page.history.state) ?? 0;
  let isUndoing = false;
  let isForced = false;
  if (positionOf(page.history.state) === undefined) page.history.replaceState({ fettle: position }, '');

  const arrive = (): void => {
    const next = read();
    const { path, search } = location.peek();
    if (next.path !== path || next.search !== search) location.value = next;
  };

  const onPopState = (event: PopStateEvent): void => {
    const target = positionOf(event.state);
    if (isUndoing) {
      isUndoing = false;
      return;
    }
    const distance = (target ?? position) - position;
    const leave = (): void => {
      position = target ?? position;
      arrive();
    };
    const { pathname, search } = page.location;
    const proceed = (): void => {
      isForced = true;
      page.history.go(distance);
    };
    const isAllowed = isForced || distance === 0 || askToLeave(page, pathname + search, proceed);
    isForced = false;
    if (isAllowed) return leave();
    isUndoing = true;
    page.history.go(-distance);
  };
  // The start page has no final slash, with or without a query.
  const address = (path: string): string => prefix + (prefix === '' ? path : path.replace(/^\/(?=$|\?)/, ''));

  const change = (path: string, replace: boolean): void => {
    if (!replace) position += 1;
    page.history[replace ? 'replaceState' : 'pushState']({ fettle: position }, '', address(path));
    arrive();
  };

  return {
    location,
    go(path, { replace = false } = {}) {
      const { path: current, search } = location.peek();
      if (path === current + search) return;
      if (askToLeave(page, address(path), () => change(path, replace))) change(path, replace);
    },
    back: () => page.history.back(),
    href: address,
    listen() {
      page.addEventListener('popstate', onPopState);
      return () => page.removeEventListener('popstate', onPopState);
    },
  };
}

function askToLeave(page: Window, to: string, proceed: () => void): boolean {
  const event = new CustomEvent<BeforeNavigate>(beforeNavigateEvent, { cancelable: true, detail: { to, proceed } });
  return page.dispatchEvent(event);
}

function positionOf(state: unknown): number | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const { fettle } = state as { readonly fettle?: unknown };
  return typeof fettle === 'number' ? fettle : undefined;
}
