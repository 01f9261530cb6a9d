import type { AppError } from '@fettle/base';
import type { RunnableApp } from '@fettle/contract';
import { loadPatternEngine, needsPatternEngine } from '@fettle/expression';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { AppClient } from '../client/app-client.ts';
import { toAppError } from '../state/query-store.ts';

/** How far the opening of an app has come. */
export type Opening =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'refused'; readonly error: AppError }
  | { readonly status: 'failed'; readonly error: AppError }
  | { readonly status: 'open'; readonly definition: RunnableApp };

/** Opens an app and opens it again after signing in, or when the person asks. */
export interface AppOpener {
  readonly state: ReadonlySignal<Opening>;
  open(): Promise<void>;
  /** Shows the sign-in page, for visitors of a public app who want more than it shows them. */
  requireSignIn(): void;
}

/** Makes an opener. Nothing is asked for before `open`; an app that came with the page is open already. */
export function createAppOpener(client: Pick<AppClient, 'definition'>, given?: RunnableApp): AppOpener {
  const state = signal<Opening>(given === undefined ? { status: 'loading' } : { status: 'open', definition: given });
  let ticket = 0;
  return {
    state,
    async open() {
      ticket += 1;
      const mine = ticket;
      if (state.peek().status !== 'open') state.value = { status: 'loading' };
      const next = await client.definition().then(
        async (definition): Promise<Opening> => {
          // The pattern functions need an engine that most apps can do without.
          if (needsPatternEngine(definition.client)) await loadPatternEngine();
          return { status: 'open', definition };
        },
        (error: unknown) => refusalOf(toAppError(error)),
      );
      if (mine === ticket && !isSame(state.peek(), next)) state.value = next;
    },
    requireSignIn() {
      ticket += 1;
      state.value = { status: 'signed-out' };
    },
  };
}

// The same version for the same person is the app that is open already: its screens keep what they hold.
function isSame(one: Opening, other: Opening): boolean {
  if (one.status !== 'open' || other.status !== 'open') return false;
  return one.definition.version === other.definition.version && one.definition.user?.id === other.definition.user?.id;
}

function refusalOf(error: AppError): Opening {
  if (error.kind === 'not-authenticated') return { status: 'signed-out' };
  return { status: error.kind === 'not-allowed' || error.kind === 'not-found' ? 'refused' : 'failed', error };
}
