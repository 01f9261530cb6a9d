import { createContext, useContext } from 'react';

const ShownProblem = createContext<string | undefined>(undefined);

/** Says to a field which problem its form shows below it. */
export const ShownProblemProvider = ShownProblem.Provider;

/** What the form shows below this field: a field need not say it as well. */
export function useShownProblem(): string | undefined {
  return useContext(ShownProblem);
}
