import { lazy, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AppClient } from '../client/app-client.ts';
import { ThemeProvider } from '../theme/theme-provider.tsx';
import { createAppTheme } from '../theme/app-theme.ts';
import { useSignalValue } from '../render/use-signal-value.ts';
import type { ExtensionRegistry } from '../state/extension-registry.ts';
import type { RunnableApp } from '@fettle/contract';
import { createFirstAnswers } from '../first-screen/first-answers.ts';
import type { FirstScreen } from '../first-screen/first-screen.ts';
import { createBrowserRouter } from '../router/browser-router.ts';
import { createAppOpener, type AppOpener } from './open-app.ts';
import { LoadingPage, MessagePage } from './message-page.tsx';
import { Part } from './part.tsx';
import { RunningApp } from './running-app.tsx';
import { surroundingsOf } from './surroundings.ts';

const SignInForm = lazy(() => import('./sign-in-form.tsx').then((module) => ({ default: module.SignInForm })));

/** Props of {@link AppView}. */
export interface AppViewProps {
  readonly client: AppClient;
  readonly extensions: ExtensionRegistry;
  /** Where the app lives, e.g. `/apps/tickets`. */
  readonly basePath: string;
  /** Renders an icon of the navigation by its name. */
  readonly renderIcon?: (name: string) => ReactNode;
  /** Where people sign in. Absent: they sign in where the app would be. */
  readonly signInUrl?: string;
  /** What came with the page. */
  readonly first?: FirstScreen | undefined;
}

const plainTheme = createAppTheme({});

/** A whole published app: opens it, asks to sign in where needed, and shows its screens. */
export function AppView(props: AppViewProps) {
  const { client, first } = props;
  const opener = useMemo(() => createAppOpener(client, first?.definition), [client, first]);
  useEffect(() => {
    if (opener.state.peek().status === 'loading') void opener.open();
  }, [opener]);
  const opening = useSignalValue(opener.state);
  if (opening.status === 'open') return <OpenApp {...props} definition={opening.definition} opener={opener} />;
  return (
    <ThemeProvider theme={plainTheme}>
      <NotOpen {...props} opener={opener} />
    </ThemeProvider>
  );
}

function NotOpen({ client, signInUrl, opener }: AppViewProps & { readonly opener: AppOpener }) {
  const opening = useSignalValue(opener.state);
  const isSignedOut = opening.status === 'signed-out';
  useEffect(() => {
    if (isSignedOut && signInUrl !== undefined) window.location.assign(withNext(signInUrl));
  }, [isSignedOut, signInUrl]);

  if (isSignedOut && signInUrl === undefined) {
    const signIn = async (email: string, password: string): Promise<void> => {
      await client.signIn(email, password);
      await opener.open();
    };
    return (
      <Part failure="page" loading={<LoadingPage />}>
        <SignInForm signIn={signIn} />
      </Part>
    );
  }
  if (opening.status === 'refused') {
    const signOut = async (): Promise<void> => {
      await client.signOut().catch(() => undefined);
      await opener.open();
    };
    return (
      <MessagePage
        title="You cannot open this app"
        text={`${opening.error.message} ${opening.error.hint ?? 'Ask whoever runs it to give you a role.'}`}
        action={{ label: 'Use another account', run: () => void signOut() }}
      />
    );
  }
  if (opening.status === 'failed') {
    return (
      <MessagePage
        title="The app could not be opened"
        text={`${opening.error.message} ${opening.error.hint ?? ''}`}
        action={{ label: 'Try again', run: () => void opener.open() }}
      />
    );
  }
  return <LoadingPage />;
}

function OpenApp(props: AppViewProps & { readonly definition: RunnableApp; readonly opener: AppOpener }) {
  const { basePath, definition, first } = props;
  const [router] = useState(() => createBrowserRouter(basePath));
  const [surroundings] = useState(() => surroundingsOf(window));
  useEffect(() => router.listen(), [router]);
  const [firstAnswers] = useState(() => (first === undefined ? undefined : createFirstAnswers(first.answers)));
  // Everything of the first screen has been rendered by now: what comes later asks for itself.
  useEffect(() => firstAnswers?.drop(), [firstAnswers]);
  const theme = useMemo(() => createAppTheme(definition.client.theme), [definition.client.theme]);
  return (
    <ThemeProvider theme={theme}>
      <Part failure="page">
        <RunningApp {...props} router={router} theme={theme} surroundings={surroundings} firstAnswers={firstAnswers} />
      </Part>
    </ThemeProvider>
  );
}

function withNext(signInUrl: string): string {
  const next = window.location.pathname + window.location.search;
  return `${signInUrl}${signInUrl.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
}
