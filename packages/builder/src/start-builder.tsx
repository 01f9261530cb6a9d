import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { AppError } from '@fettle/base';
import { loadPatternEngine } from '@fettle/expression';
import { builderTheme, Part, ThemeProvider } from '@fettle/runtime';
import { ClientProvider, createBuilderClient } from './api/client.ts';
import { SessionProvider } from './api/session.tsx';
import { ExtensionsProvider, type BuilderExtensions } from './extensions.ts';
import { BuilderRoutes } from './shell/builder-routes.tsx';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';

/** Starts the builder in an element. */
export function startBuilder(element: HTMLElement, extensions: BuilderExtensions): void {
  // Expressions are tried while they are written: all functions must be there.
  void loadPatternEngine();
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        staleTime: 10_000,
        retry: (count, error) => count < 1 && !(error instanceof AppError && error.kind !== 'unavailable'),
      },
    },
  });
  const client = createBuilderClient(() => queries.setQueryData(['session'], null));
  createRoot(element).render(
    <StrictMode>
      <ThemeProvider theme={builderTheme}>
        <QueryClientProvider client={queries}>
          <ClientProvider value={client}>
            <ExtensionsProvider value={extensions}>
              <Notifications position="bottom-right" limit={4} />
              <SessionProvider>
                <Part failure="page">
                  <BuilderRoutes />
                </Part>
              </SessionProvider>
            </ExtensionsProvider>
          </ClientProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}
