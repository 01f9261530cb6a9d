import type { RunnableApp } from '@fettle/contract';
import { lazy, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { AppClient } from '../client/app-client.ts';
import { ScreenView } from '../render/screen-view.tsx';
import { useSignalValue } from '../render/use-signal-value.ts';
import type { FirstAnswers } from '../first-screen/first-answers.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { BrowserRouter } from '../router/browser-router.ts';
import { findScreen } from '../router/find-screen.ts';
import { parseQuery, type RouteMatch } from '../router/route.ts';
import { createAppRuntime, type AppRuntime } from '../state/app-runtime.ts';
import type { ExtensionRegistry } from '../state/extension-registry.ts';
import { fixedScreen } from '../state/screen-source.ts';
import type { AppTheme } from '../theme/app-theme.ts';
import { Part } from './part.tsx';
import type { ScreenSurroundings } from './surroundings.ts';
import { AppApprovals, AppBell, approvalsLink, approvalsPath, useAppInbox } from './inbox-places.tsx';
import { MessagePage } from './message-page.tsx';
import { navigationLinks, NavigationLinks, PhoneNavigation } from './navigation.tsx';
import type { AppOpener } from './open-app.ts';
import styles from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx').then((module) => ({ default: module.SignInDialog })));

interface RunningAppProps {
  readonly client: AppClient;
  readonly extensions: ExtensionRegistry;
  readonly definition: RunnableApp;
  readonly opener: AppOpener;
  readonly router: BrowserRouter;
  readonly theme: AppTheme;
  readonly surroundings?: ScreenSurroundings;
  /** Replies that came with the page, for the first rendering. */
  readonly firstAnswers?: FirstAnswers | undefined;
  readonly renderIcon?: (name: string) => ReactNode;
  readonly signInUrl?: string;
}

/** An open app: its navigation and the screen of the current address. */
export function RunningApp(props: RunningAppProps) {
  const { definition, router, renderIcon, theme } = props;
  const [needsSignIn, setNeedsSignIn] = useState(false);
  const inbox = useAppInbox(props.client, definition);
  const runtime = useRuntime(props, inbox, () => setNeedsSignIn(true));
  const location = useSignalValue(router.location);
  const match = useMemo(() => findScreen(definition, location.path), [definition, location.path]);
  const { app } = definition.client;
  const links = useMemo(() => navigationLinks(app.navigation.items, runtime.store, router), [app, runtime, router]);
  const acts = accountActs(props);
  const main = useArrival(location.path);
  const style = links.length === 0 ? 'none' : app.navigation.style;
  const navigation = { links, current: match?.screen, onGo: (path: string) => router.go(path), renderIcon };

  return (
    <div className={styles.app} data-navigation={style} data-density={theme.density}>
      <a className={styles.skip} href="#fettle-main" onClick={(event) => skipTo(event, main.current)}>
        Skip to content
      </a>
      <header className={styles.bar}>
        <a className={styles.name} href={router.href('/')} onClick={(event) => goHome(event, router)}>
          {app.icon !== undefined && renderIcon?.(app.icon)}
          <span>{app.name}</span>
        </a>
        {style === 'top' && (
          <nav className={styles.topLinks} aria-label="App">
            <NavigationLinks {...navigation} />
          </nav>
        )}
        <div className={styles.acts}>
          {inbox !== undefined && <AppBell inbox={inbox} router={router} />}
          <UserMenu
            user={definition.user}
            canChooseScheme={theme.scheme === 'auto'}
            {...acts}
            {...(inbox === undefined ? {} : { approvals: approvalsLink(router) })}
          />
        </div>
      </header>
      {style === 'side' && (
        <nav className={styles.side} aria-label="App">
          <NavigationLinks {...navigation} />
        </nav>
      )}
      <main className={styles.main} id="fettle-main" ref={main} tabIndex={-1}>
        {location.path === approvalsPath ? (
          <AppApprovals
            inbox={inbox}
            isSignedIn={definition.user !== null}
            search={location.search}
            name={app.name}
            onSignIn={acts.onSignIn}
          />
        ) : (
          <CurrentScreen
            definition={definition}
            runtime={runtime}
            match={match}
            search={location.search}
            onHome={() => router.go('/')}
          />
        )}
      </main>
      {style !== 'none' && <PhoneNavigation {...navigation} />}
      {needsSignIn && (
        <Part failure="none" onFailed={() => setNeedsSignIn(false)}>
          <SignInDialog
            signIn={(email, password) => signInAgain(props, runtime, email, password)}
            onDone={() => setNeedsSignIn(false)}
          />
        </Part>
      )}
    </div>
  );
}

interface CurrentScreenProps {
  readonly definition: RunnableApp;
  readonly runtime: AppRuntime;
  readonly match: RouteMatch | undefined;
  readonly search: string;
  readonly onHome: () => void;
}

function CurrentScreen({ definition, runtime, match, search, onHome }: CurrentScreenProps) {
  const screen = match === undefined ? undefined : definition.client.screens[match.screen];
  const source = useMemo(() => (screen === undefined ? undefined : fixedScreen(screen)), [screen]);
  const query = useMemo(() => parseQuery(search), [search]);
  const [title, setTitle] = useState('');
  const { name } = definition.client.app;
  useEffect(() => {
    const known = screen === undefined ? 'Not found' : title;
    document.title = known === '' || known === name ? name : `${known} · ${name}`;
  }, [screen, title, name]);
  if (source === undefined || match === undefined || screen === undefined) {
    return (
      <MessagePage
        title="There is nothing here"
        text="The page does not exist, or your role may not see it."
        action={{ label: 'Go to the start page', run: onHome }}
      />
    );
  }
  const visit = `${screen.id} ${JSON.stringify(match.params)}`;
  return (
    <ScreenView key={visit} runtime={runtime} source={source} params={match.params} query={query} onTitle={setTitle} />
  );
}

// The app stays as it is below the dialog: what was typed is not lost with the session.
async function signInAgain(
  { client, opener }: RunningAppProps,
  runtime: AppRuntime,
  email: string,
  password: string,
): Promise<void> {
  await client.signIn(email, password);
  await opener.open();
  runtime.messages.notify({ kind: 'success', text: 'You are signed in again. Repeat what did not work.' });
}

function useRuntime(props: RunningAppProps, inbox: Inbox | undefined, onSignedOut: () => void): AppRuntime {
  const { definition, client, extensions, router, surroundings, firstAnswers } = props;
  const [runtime] = useState(() =>
    createAppRuntime({
      definition,
      client,
      extensions,
      ...surroundings,
      ...(firstAnswers === undefined ? {} : { firstAnswers }),
      ...(inbox === undefined ? {} : { inbox }),
      ...(definition.user === null ? {} : { onSignedOut }),
      navigator: {
        go: (path) => router.go(path),
        back: () => router.back(),
        // On the server there is no page yet: nobody knows by which name it is reached.
        address: (path) =>
          typeof window === 'undefined' ? undefined : new URL(router.href(path), window.location.origin).href,
        open: (url, newTab) => openUrl(url, newTab),
      },
    }),
  );
  useEffect(() => {
    if (runtime.definition !== definition) runtime.update(definition);
  }, [runtime, definition]);
  return runtime;
}

// After going to another screen, keyboards and screen readers begin at its content.
function useArrival(path: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}

function accountActs({ client, opener, signInUrl, router }: RunningAppProps) {
  const signOut = async (): Promise<void> => {
    await client.signOut().catch(() => undefined);
    // A full load leaves nothing of the person behind in memory.
    window.location.assign(router.href('/'));
  };
  const signIn = (): void => {
    if (signInUrl === undefined) opener.requireSignIn();
    else window.location.assign(signInUrl);
  };
  return { onSignOut: () => void signOut(), onSignIn: signIn };
}

function goHome(event: { preventDefault: () => void }, router: BrowserRouter): void {
  event.preventDefault();
  router.go('/');
}

function skipTo(event: { preventDefault: () => void }, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

function openUrl(url: string, newTab: boolean): void {
  if (newTab) window.open(url, '_blank', 'noopener,noreferrer');
  else window.location.assign(url);
}
