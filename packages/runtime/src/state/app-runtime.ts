import type { RunnableApp } from '@fettle/contract';
import type { AppClient } from '../client/app-client.ts';
import { createDataHost } from '../client/data-host.ts';
import { withPlugins } from '../plugins/plugin-registry.ts';
import { buildPath, isSafeUrl } from '../router/route.ts';
import {
  createAppStore,
  type AppFacts,
  type AppStore,
  type AppStoreOptions,
  type NavigationTarget,
} from './app-store.ts';
import type { ExtensionRegistry } from './extension-registry.ts';
import { createMessages, type Messages } from './messages.ts';

/** Goes to paths below the app's address. The canvas gives one that selects the screen instead. */
export interface Navigator {
  go(path: string): void;
  back(): void;
  /** The full address of a path, where apps have one. */
  address?(path: string): string | undefined;
  /** Opens an address outside of the app. */
  open(url: string, newTab: boolean): void;
}

/** What makes an app runtime. */
export interface AppRuntimeOptions extends Pick<
  AppStoreOptions,
  'locale' | 'timeZone' | 'clock' | 'isNarrow' | 'firstAnswers' | 'inbox'
> {
  readonly definition: RunnableApp;
  readonly client: AppClient;
  readonly extensions: ExtensionRegistry;
  readonly navigator: Navigator;
  /** Told when the session has ended for good. */
  readonly onSignedOut?: () => void;
}

/** One open app: its store, what it says to the person, and the means to follow a draft. */
export interface AppRuntime {
  readonly store: AppStore;
  readonly messages: Messages;
  readonly client: AppClient;
  readonly definition: RunnableApp;
  /** Takes a newer version: the app, its queries, the tables. Values of state variables stay. */
  update(definition: RunnableApp): void;
}

/** Makes the runtime of an app. */
export function createAppRuntime(options: AppRuntimeOptions): AppRuntime {
  const { client, navigator: goer, locale, timeZone, clock, isNarrow, firstAnswers, inbox } = options;
  let { definition } = options;
  const extensions = withPlugins(options.extensions, definition, client);
  const messages = createMessages();
  const data = createDataHost({
    client,
    facts: () => ({
      tables: definition.tables,
      version: definition.version,
      isWriteQuery: (query) => definition.client.queries[query]?.mode === 'write',
    }),
    ...(options.onSignedOut === undefined ? {} : { onSignedOut: options.onSignedOut }),
  });

  const navigate = (target: NavigationTarget): void => {
    if ('back' in target) return goer.back();
    if ('screen' in target) {
      const screen = store.facts.peek().screens[target.screen];
      if (screen !== undefined) return goer.go(buildPath(screen.route, target.params));
      return messages.notify({ kind: 'error', text: 'This screen does not exist or you may not open it.' });
    }
    if (isSafeUrl(target.url)) return goer.open(target.url, target.newTab ?? false);
    messages.notify({ kind: 'error', text: 'This link leads to an address that is not allowed.' });
  };

  const store = createAppStore({
    facts: factsOf(definition),
    data,
    extensions,
    surroundings: {
      navigate,
      addressOf: ({ screen, params }) => {
        const found = store.facts.peek().screens[screen];
        return found === undefined ? undefined : goer.address?.(buildPath(found.route, params));
      },
      notify: (notice) => messages.notify(notice),
      confirm: (question) => messages.confirm(question),
      copy: (text) => copyText(text),
    },
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(clock === undefined ? {} : { clock }),
    ...(isNarrow === undefined ? {} : { isNarrow }),
    ...(firstAnswers === undefined ? {} : { firstAnswers }),
    ...(inbox === undefined ? {} : { inbox }),
  });

  return {
    store,
    messages,
    client,
    get definition() {
      return definition;
    },
    update(next) {
      definition = next;
      store.update(factsOf(next));
    },
  };
}

function factsOf({ client, user }: RunnableApp): AppFacts {
  return { app: client.app, queries: client.queries, screens: client.screens, user, functions: client.functions };
}

async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
