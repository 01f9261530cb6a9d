import { useEffect, useRef } from 'react';
import { useHost } from '@fettle/sdk/react';

/**
 * Dispatched on `window` before the page goes elsewhere within the app; it can be prevented. Whoever prevents it may
 * call `detail.proceed` later to go there after all.
 */
export const beforeNavigateEvent = 'fettle:before-navigate';

/** Asks before unsaved changes are lost: on navigation within the app, on reload and when the page is closed. */
export function useLeaveGuard(
  isGuarded: boolean,
  form: { readonly isUnsaved: () => boolean; readonly reset: () => void },
): void {
  const host = useHost();
  const latest = useRef({ host, form });
  latest.current = { host, form };
  useEffect(() => {
    if (!isGuarded) return undefined;
    let isLeaving = false;
    let isAsking = false;
    const onNavigate = (event: Event): void => {
      // A form that was saved a moment ago has nothing to lose, even if it has not been drawn again yet.
      if (isLeaving || event.defaultPrevented || !latest.current.form.isUnsaved()) return;
      event.preventDefault();
      if (isAsking) return;
      isAsking = true;
      const proceed = (event as CustomEvent<{ readonly proceed?: () => void } | null>).detail?.proceed;
      void latest.current.host
        .confirm({
          title: 'Discard your changes?',
          message: 'What you entered here has not been saved.',
          button: 'Discard changes',
          danger: true,
        })
        .then((isSure) => {
          isAsking = false;
          if (!isSure) return;
          isLeaving = true;
          latest.current.form.reset();
          proceed?.();
        });
    };
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (latest.current.form.isUnsaved()) event.preventDefault();
    };
    window.addEventListener(beforeNavigateEvent, onNavigate);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      window.removeEventListener(beforeNavigateEvent, onNavigate);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [isGuarded]);
}
