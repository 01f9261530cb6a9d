export { builderTheme, createAppTheme, defaultAccent } from './theme/app-theme.ts';
export type { AppTheme } from './theme/app-theme.ts';
export { ThemeProvider } from './theme/theme-provider.tsx';
export type { ThemeProviderProps } from './theme/theme-provider.tsx';
