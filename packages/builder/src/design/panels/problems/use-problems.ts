import { createContext, useContext, useEffect, useState } from 'react';
import { checkApp, type App, type AppProblem } from '@fettle/definition';
import { checkSchedules } from '@fettle/flow';
import { useExtensions } from '../../../extensions.ts';
import { useDesign } from '../../design-context.ts';

const ProblemsContext = createContext<readonly AppProblem[]>([]);

/** Gives the problems to everything below. */
export const ProblemsProvider = ProblemsContext.Provider;

/** What is wrong with the draft, with places. */
export function useProblems(): readonly AppProblem[] {
  return useContext(ProblemsContext);
}

/** How long after the last edit the whole app is checked, in milliseconds: typing must not wait for it. */
const settleTime = 400;

/** Checks the draft a moment after each edit. Used once, at the frame. */
export function useCheckedProblems(): readonly AppProblem[] {
  const { session } = useDesign();
  const { catalog } = useExtensions();
  const [problems, setProblems] = useState<readonly AppProblem[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let checked: App | undefined;
    const check = (): void => {
      timer = undefined;
      const { app } = session.store.getState();
      if (app === checked) return;
      checked = app;
      setProblems([...checkSchedules(app), ...checkApp(app, { catalog })]);
    };
    check();
    const stop = session.store.subscribe(() => {
      if (timer !== undefined) clearTimeout(timer);
      timer = setTimeout(check, settleTime);
    });
    return () => {
      stop();
      if (timer !== undefined) clearTimeout(timer);
    };
  }, [catalog, session]);
  return problems;
}
