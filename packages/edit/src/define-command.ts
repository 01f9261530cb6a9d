import type {
  App,
  AppAccess,
  AppDocument,
  ExtensionCatalog,
  Flow,
  FlowTest,
  Query,
  Screen,
  Theme,
} from '@fettle/definition';
import type { Static, TObject } from 'typebox';

/** An app while a command writes it: everything that is not written stays shared with the app before. */
export interface AppDraft {
  app: AppDocument;
  readonly screens: Record<string, Screen>;
  readonly queries: Record<string, Query>;
  readonly flows: Record<string, Flow>;
  readonly flowTests: Record<string, FlowTest>;
  access: AppAccess;
  theme: Theme;
  extensions?: Record<string, number>;
}

/** What a command works with. Reads go to `app` (plain, fast), writes to `draft`. */
export interface EditContext {
  readonly app: App;
  readonly draft: AppDraft;
  readonly catalog: ExtensionCatalog;
}

/** One kind of edit: data in, changes of the draft out. Throws a refusal when it would break the app. */
export interface CommandDefinition<T extends string = string, S extends TObject = TObject> {
  readonly type: T;
  /** What the undo list calls it. */
  readonly title: string;
  readonly schema: S;
  /** The member that holds the new value, where a later command with the same other members replaces an earlier one. */
  readonly value?: string;
  readonly apply: (context: EditContext, command: Static<S>) => void;
  /**
   * Places of the document the command reads or writes, as pointer-like paths. Two commands with no place inside
   * the other's commute. With an app, places that follow from it are named too.
   */
  readonly touches: (command: Static<S>, app?: App) => readonly string[];
}

/** Declares a command. */
export function defineCommand<const T extends string, S extends TObject>(
  definition: CommandDefinition<T, S>,
): CommandDefinition<T, S> {
  return definition;
}
