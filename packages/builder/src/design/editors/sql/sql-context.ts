import { createContext, useContext } from 'react';

/** The data source whose tables and dialect SQL is completed with, and what a run shortcut does. */
export interface SqlContext {
  readonly dataSource: string | undefined;
  readonly connector: string | undefined;
  /** Names of the query's parameters: completed inside `{{ }}`. */
  readonly parameters: readonly string[];
  readonly onRun?: () => void;
}

const Context = createContext<SqlContext>({ dataSource: undefined, connector: undefined, parameters: [] });

/** Gives the data source to the SQL editors below. */
export const SqlContextProvider = Context.Provider;

/** What the SQL here runs against. */
export function useSqlContext(): SqlContext {
  return useContext(Context);
}
