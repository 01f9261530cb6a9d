import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppTheme } from './app-theme.ts';
import './global.css';

// The colour scheme is the only thing the product keeps in the browser's storage.
const schemeManager = localStorageColorSchemeManager({ key: 'fettle-color-scheme' });

/** Props of {@link ThemeProvider}. */
export interface ThemeProviderProps {
  readonly theme: AppTheme;
  /** Overrides the theme's scheme and the person's choice. */
  readonly scheme?: 'light' | 'dark';
  /**
   * Confines the theme to one element (a CSS selector and the element itself), for an app shown inside the builder.
   * Absent: the whole page.
   */
  readonly within?: { readonly selector: string; readonly element: () => HTMLElement | undefined };
  readonly children: ReactNode;
}

/** Gives everything below it the look of a theme. */
export function ThemeProvider({ theme, scheme, within, children }: ThemeProviderProps) {
  const forced = scheme ?? (theme.scheme === 'auto' ? undefined : theme.scheme);
  return (
    <MantineProvider
      theme={theme.override}
      cssVariablesResolver={theme.cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      {...(forced === undefined ? {} : { forceColorScheme: forced })}
      {...(within === undefined
        ? {}
        : { cssVariablesSelector: within.selector, getRootElement: within.element, deduplicateCssVariables: false })}
    >
      {children}
    </MantineProvider>
  );
}
