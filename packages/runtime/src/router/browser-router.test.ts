// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { beforeNavigateEvent, createBrowserRouter, type BeforeNavigate } from './browser-router.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function start(path = '/apps/desk') {
  window.history.replaceState(null, '', path);
  const router = createBrowserRouter('/apps/desk');
  stops.push(router.listen());
  return router;
}

function onLeave(listener: (event: CustomEvent<BeforeNavigate>) => void): void {
  const typed = listener as unknown as EventListener;
  window.addEventListener(beforeNavigateEvent, typed);
  stops.push(() => window.removeEventListener(beforeNavigateEvent, typed));
}

describe('the router', () => {
  it('follows the address below its base path', () => {
    const router = start('/apps/desk/tickets/1?tab=notes');
    expect(router.location.value).toEqual({ path: '/tickets/1', search: '?tab=notes' });
    router.go('/people');
    expect(window.location.pathname).toBe('/apps/desk/people');
    expect(router.location.value.path).toBe('/people');
    expect(router.href('/')).toBe('/apps/desk');
  });

  it('asks before it leaves, and stays when somebody objects', () => {
    const router = start();
    let later: (() => void) | undefined;
    onLeave((event) => {
      if (later !== undefined) return;
      event.preventDefault();
      later = event.detail.proceed;
    });
    router.go('/tickets');
    expect(router.location.value.path).toBe('/');
    later?.();
    expect(router.location.value.path).toBe('/tickets');
  });

  it('does not ask when it stays where it is', () => {
    const router = start('/apps/desk/tickets');
    let asked = 0;
    onLeave(() => {
      asked += 1;
    });
    router.go('/tickets');
    expect(asked).toBe(0);
  });
});
