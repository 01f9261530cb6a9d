import { signal } from '@preact/signals-core';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { RunnableApp } from '@fettle/contract';
import { createAppClient } from '../client/app-client.ts';
import { createFixedRouter } from '../router/fixed-router.ts';
import { findScreen } from '../router/find-screen.ts';
import { pathBelow } from '../router/route.ts';
import type { Opening } from '../shell/open-app.ts';
import { RunningApp } from '../shell/running-app.tsx';
import type { ScreenSurroundings } from '../shell/surroundings.ts';
import type { ExtensionRegistry } from '../state/extension-registry.ts';
import { createAppTheme } from '../theme/app-theme.ts';
import { ThemeProvider } from '../theme/theme-provider.tsx';
import { createFirstAnswers, type FirstAnswer, type FirstQuestion } from './first-answers.ts';
import { loadForScreen } from './first-screen.ts';

/** What a page is rendered from. */
export interface FirstScreenInput {
  /** The app as the person may see it. */
  readonly definition: RunnableApp;
  /** Path and query of the page's address, e.g. `/apps/tickets/open?by=ada`. */
  readonly address: string;
  readonly surroundings: ScreenSurroundings;
}

/** A page under way: rendered as often as new answers come in. */
export interface FirstScreenRendering {
  /** Renders with the answers so far. `questions`: what is missing in it. */
  render(answers: readonly FirstAnswer[]): {
    readonly html: string;
    readonly questions: readonly FirstQuestion[];
  };
}

/** Makes the HTML of an app's first screen without a browser, just as the browser will render it. */
export async function startFirstScreen(
  { definition, address, surroundings }: FirstScreenInput,
  host: { readonly extensions: ExtensionRegistry; readonly renderIcon?: (name: string) => ReactNode },
): Promise<FirstScreenRendering> {
  const { basePath, pathname, search } = splitAddress(address);
  const path = pathBelow(basePath, pathname) ?? '/';
  await loadForScreen(definition, findScreen(definition, path)?.screen, host.extensions);
  const client = createAppClient({ app: definition.slug }, { fetch: never });
  const theme = createAppTheme(definition.client.theme);
  return {
    render(answers) {
      const questions: FirstQuestion[] = [];
      const html = renderToString(
        <ThemeProvider theme={theme}>
          <RunningApp
            client={client}
            extensions={host.extensions}
            definition={definition}
            opener={{
              state: signal<Opening>({ status: 'open', definition }),
              open: () => Promise.resolve(),
              requireSignIn: () => undefined,
            }}
            router={createFixedRouter(basePath, { path, search })}
            theme={theme}
            surroundings={surroundings}
            firstAnswers={createFirstAnswers(answers, (question) => questions.push(question))}
            {...(host.renderIcon === undefined ? {} : { renderIcon: host.renderIcon })}
          />
        </ThemeProvider>,
      );
      return { html, questions };
    },
  };
}

function splitAddress(address: string): {
  readonly basePath: string;
  readonly pathname: string;
  readonly search: string;
} {
  const mark = address.indexOf('?');
  const pathname = mark === -1 ? address : address.slice(0, mark);
  const [, place = '', name = ''] = pathname.split('/');
  return { basePath: `/${place}/${name}`, pathname, search: mark === -1 ? '' : address.slice(mark) };
}

// Rendering asks by `FirstQuestion`; calls that begin meanwhile lead nowhere. Only the client's addresses are used.
const never = (): Promise<never> => new Promise(() => undefined);
