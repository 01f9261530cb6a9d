import type { Inbox } from '../inbox/inbox.ts';
import type { Clock } from '@fettle/base';
import type { ClientApp, ClientQuery, Screen, StateVariable } from '@fettle/definition';
import { createFunctionLibrary, type FunctionLibrary, type ParsedLibrary } from '@fettle/expression';
import { computed, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { AppDataHost } from '../client/data-host.ts';
import type { FirstAnswers } from '../first-screen/first-answers.ts';
import type { ExtensionRegistry } from './extension-registry.ts';

/** The signed-in person as expressions see them. */
export interface AppUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** What of an app every screen needs. The builder may change it while a draft is open. */
export interface AppFacts {
  readonly app: ClientApp['app'];
  readonly queries: Readonly<Record<string, ClientQuery>>;
  readonly screens: Readonly<Record<string, Pick<Screen, 'name' | 'route'>>>;
  readonly user: AppUser | null;
  /** Functions that its expressions can call besides the standard ones. */
  readonly functions?: ParsedLibrary | undefined;
}

/** Where `navigate` can lead. */
export type NavigationTarget =
  | { readonly screen: string; readonly params?: Readonly<Record<string, unknown>> }
  | { readonly url: string; readonly newTab?: boolean }
  | { readonly back: true };

/** A message to the person. */
export interface Notice {
  readonly text: string;
  readonly kind: 'info' | 'success' | 'warning' | 'error';
}

/** A question before something is lost. */
export interface Question {
  readonly title: string;
  readonly message?: string;
  readonly button?: string;
  readonly danger?: boolean;
}

/** What surrounds an app: the page it runs in. */
export interface Surroundings {
  readonly navigate: (target: NavigationTarget) => void;
  /** The full address of a screen; undefined when there is none. */
  readonly addressOf: (target: Extract<NavigationTarget, { screen: string }>) => string | undefined;
  readonly notify: (notice: Notice) => void;
  readonly confirm: (question: Question) => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
}

/** What makes an app store. */
export interface AppStoreOptions {
  readonly facts: AppFacts;
  readonly data: AppDataHost;
  readonly extensions: ExtensionRegistry;
  readonly surroundings: Surroundings;
  /** BCP 47; default: the browser's. */
  readonly locale?: string;
  /** IANA name; default: the browser's. */
  readonly timeZone?: string;
  readonly clock?: Clock;
  /** True when the page is known to be phone-wide before anything in it is measured. Default: false. */
  readonly isNarrow?: boolean;
  /** Replies for the first rendering. */
  readonly firstAnswers?: FirstAnswers;
  /** What the person is told and asked; absent for visitors and in drafts. */
  readonly inbox?: Inbox;
}

/** One open app: what its screens share. */
export interface AppStore extends Omit<AppStoreOptions, 'facts' | 'locale' | 'timeZone' | 'isNarrow'> {
  readonly facts: ReadonlySignal<AppFacts>;
  /** {@link AppFacts.functions}, ready to be called. */
  readonly functions: ReadonlySignal<FunctionLibrary | undefined>;
  readonly locale: string;
  readonly timeZone: string;
  readonly isNarrow: boolean;
  /** Replaces what is known of the app; values of state variables that still exist stay. */
  update(facts: AppFacts): void;
  /** The app-wide state variable with this id or name. */
  stateOf(idOrName: string): Signal<unknown> | undefined;
}

/** Opens an app. */
export function createAppStore(options: AppStoreOptions): AppStore {
  const { facts: given, locale, timeZone, isNarrow = false, ...rest } = options;
  const facts = signal(given);
  const variables = createVariables();
  const format = Intl.DateTimeFormat().resolvedOptions();
  return {
    ...rest,
    facts,
    functions: computed(() => {
      const { functions } = facts.value;
      return functions === undefined ? undefined : createFunctionLibrary(functions);
    }),
    locale: locale ?? format.locale,
    timeZone: timeZone ?? format.timeZone,
    isNarrow,
    update: (next) => {
      facts.value = next;
    },
    stateOf: (idOrName) => variables.find(facts.value.app.state, idOrName),
  };
}

/** Values of state variables, made with their initial value when first asked for. */
export function createVariables(): {
  readonly find: (
    known: readonly StateVariable[] | undefined,
    idOrName: string,
    initial?: (variable: StateVariable, index: number) => unknown,
  ) => Signal<unknown> | undefined;
} {
  const values = new Map<string, Signal<unknown>>();
  return {
    find(known, idOrName, initial = (variable) => variable.initial) {
      const index = known?.findIndex(({ id, name }) => id === idOrName || name === idOrName) ?? -1;
      const variable = known?.[index];
      if (variable === undefined) return undefined;
      let value = values.get(variable.id);
      if (value === undefined) {
        // Whoever asks first must not follow what the initial value was made of.
        value = signal(untracked(() => initial(variable, index)));
        values.set(variable.id, value);
      }
      return value;
    },
  };
}
