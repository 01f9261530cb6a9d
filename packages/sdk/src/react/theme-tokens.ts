/**
 * The CSS variables of the theme that components can count on, in the page and in frames: colours of the scheme that
 * is on (light or dark), sizes of the density that the app has.
 */
export const themeTokens: readonly string[] = [
  '--fettle-surface',
  '--fettle-surface-raised',
  '--fettle-surface-sunken',
  '--fettle-surface-hover',
  '--fettle-border',
  '--fettle-border-strong',
  '--fettle-text',
  '--fettle-text-dimmed',
  '--fettle-text-faint',
  '--fettle-focus',
  '--fettle-accent-filled',
  '--fettle-accent-contrast',
  ...['accent', 'danger', 'success', 'warning', 'info'].flatMap((name) =>
    ['text', 'soft', 'soft-hover', 'soft-text', 'border'].map((part) => `--fettle-${name}-${part}`),
  ),
  '--fettle-radius-control',
  '--fettle-radius-panel',
  '--fettle-control-height',
  '--fettle-motion',
  '--fettle-weight-medium',
  '--fettle-weight-strong',
];
