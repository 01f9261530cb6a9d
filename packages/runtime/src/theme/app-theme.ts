import type { Theme } from '@fettle/definition';
import type { CSSVariablesResolver, MantineThemeOverride } from '@mantine/core';
import { createNeutrals, type Neutrals } from './neutrals.ts';
import { createPalette, darkTextAbove, filledShade, type Palette } from './palette.ts';
import { componentDefaults, densities, fonts, radii, rem } from './sizes.ts';
import { createVariables } from './variables.ts';

/** A theme ready for Mantine's provider. */
export interface AppTheme {
  readonly override: MantineThemeOverride;
  readonly cssVariables: CSSVariablesResolver;
  /** `auto`: follow the person's choice, else the system. */
  readonly scheme: NonNullable<Theme['scheme']>;
  readonly density: NonNullable<Theme['density']>;
}

/** The accent of apps that choose none, and of the builder. */
export const defaultAccent = '#4f5bd5';

// Status colours: the same in every app, so that red always means the same.
const statusColours = {
  red: '#d1293d',
  orange: '#d9600c',
  yellow: '#e8a60c',
  green: '#1c8a4c',
  teal: '#0f8a80',
  blue: '#2274d9',
} as const;

/** Makes a theme from an app's theme document; what it leaves out takes the product's defaults. */
export function createAppTheme(theme: Theme): AppTheme {
  const neutrals = createNeutrals(theme.neutral ?? 'cool');
  const density = theme.density ?? 'cosy';
  const palettes: Record<string, Palette> = { accent: createPalette(theme.primary ?? defaultAccent, neutrals) };
  for (const [name, hex] of Object.entries(statusColours)) palettes[name] = createPalette(hex, neutrals);
  const variables = createVariables({ neutrals, palettes, density, radius: radii[theme.radius ?? 'medium'] });
  return {
    override: createOverride(theme, neutrals, palettes),
    cssVariables: () => variables,
    scheme: theme.scheme ?? 'auto',
    density,
  };
}

/** The builder's own theme. */
export const builderTheme: AppTheme = createAppTheme({ density: 'compact' });

function createOverride(
  theme: Theme,
  neutrals: Neutrals,
  palettes: Readonly<Record<string, Palette>>,
): MantineThemeOverride {
  const { control, panel } = radii[theme.radius ?? 'medium'];
  const { fontSizes, spacing } = densities[theme.density ?? 'cosy'];
  const fontFamily = fonts[theme.font ?? 'system'];
  const [light, dark] = [neutrals.light, neutrals.dark];
  const pick = (scale: readonly string[], steps: readonly number[]) => steps.map((step) => scale[step] ?? '#888888');
  return {
    colors: {
      gray: pick(light, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) as never,
      dark: pick(dark, [10, 9, 8, 7, 5, 4, 2, 1, 0, 0]) as never,
      ...Object.fromEntries(Object.entries(palettes).map(([name, palette]) => [name, palette.shades])),
    },
    white: '#ffffff',
    black: light[10] ?? '#111111',
    primaryColor: 'accent',
    primaryShade: { light: filledShade, dark: filledShade },
    autoContrast: true,
    luminanceThreshold: darkTextAbove,
    fontFamily,
    fontFamilyMonospace: fonts.mono,
    fontSizes,
    spacing,
    lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
    radius: {
      xs: rem(Math.max(0, control - 2)),
      sm: rem(control),
      md: rem(panel),
      lg: rem(panel * 1.4),
      xl: rem(panel * 2),
    },
    defaultRadius: 'sm',
    shadows: {
      xs: '0 1px 2px rgba(15, 18, 30, 0.06)',
      sm: '0 1px 3px rgba(15, 18, 30, 0.08)',
      md: '0 4px 12px rgba(15, 18, 30, 0.10), 0 1px 3px rgba(15, 18, 30, 0.08)',
      lg: '0 10px 28px rgba(15, 18, 30, 0.14), 0 2px 6px rgba(15, 18, 30, 0.08)',
      xl: '0 20px 48px rgba(15, 18, 30, 0.18)',
    },
    headings: {
      fontFamily,
      fontWeight: '600',
      textWrap: 'balance',
      sizes: {
        h1: { fontSize: rem(28), lineHeight: '1.25' },
        h2: { fontSize: rem(20), lineHeight: '1.3' },
        h3: { fontSize: rem(16), lineHeight: '1.4' },
        h4: { fontSize: rem(14), lineHeight: '1.45' },
        h5: { fontSize: rem(13), lineHeight: '1.45' },
        h6: { fontSize: rem(12), lineHeight: '1.45' },
      },
    },
    respectReducedMotion: true,
    cursorType: 'pointer',
    components: componentDefaults(theme.density ?? 'cosy'),
  };
}
