import type { Theme } from '@fettle/definition';
import type { ConvertCSSVariablesInput } from '@mantine/core';
import type { NeutralScale, Neutrals } from './neutrals.ts';
import type { ColourUse, Palette } from './palette.ts';
import { densities, rem } from './sizes.ts';

type Variables = Record<`--${string}`, string>;

const statusNames = { danger: 'red', warning: 'yellow', success: 'green', info: 'blue' } as const;

/** The CSS variables of a theme: Mantine's own, tuned, and ours (`--fettle-…`), which have the same names in both schemes. */
export function createVariables(tokens: {
  readonly neutrals: Neutrals;
  readonly palettes: Readonly<Record<string, Palette>>;
  readonly density: NonNullable<Theme['density']>;
  readonly radius: { readonly control: number; readonly panel: number };
}): ConvertCSSVariablesInput {
  const { neutrals, palettes } = tokens;
  return {
    variables: {
      '--fettle-radius-control': rem(tokens.radius.control),
      '--fettle-radius-panel': rem(tokens.radius.panel),
      '--fettle-control-height': rem(densities[tokens.density].control.sm),
      '--fettle-motion': '150ms cubic-bezier(0.2, 0, 0, 1)',
      '--fettle-weight-medium': '500',
      '--fettle-weight-strong': '600',
    },
    light: { ...schemeVariables(neutrals.light, 'light'), ...paletteVariables(palettes, 'light') },
    dark: { ...schemeVariables(neutrals.dark, 'dark'), ...paletteVariables(palettes, 'dark') },
  };
}

function schemeVariables(scale: NeutralScale, scheme: 'light' | 'dark'): Variables {
  const step = (index: number): string => scale[index] ?? '';
  const isLight = scheme === 'light';
  const raised = isLight ? step(0) : step(2);
  const variables: Variables = {
    '--fettle-surface': isLight ? step(1) : step(0),
    '--fettle-surface-raised': raised,
    '--fettle-surface-sunken': isLight ? step(2) : step(1),
    '--fettle-surface-hover': isLight ? step(2) : step(3),
    '--fettle-border': step(4),
    '--fettle-border-strong': step(5),
    '--fettle-text': step(10),
    '--fettle-text-dimmed': step(8),
    '--fettle-text-faint': step(7),
    '--mantine-color-body': isLight ? step(0) : step(1),
    '--mantine-color-text': step(10),
    '--mantine-color-bright': step(10),
    '--mantine-color-dimmed': step(8),
    '--mantine-color-placeholder': step(7),
    '--mantine-color-default': raised,
    '--mantine-color-default-hover': isLight ? step(2) : step(3),
    '--mantine-color-default-color': step(10),
    '--mantine-color-default-border': step(5),
    '--mantine-color-disabled': step(3),
    '--mantine-color-disabled-color': step(7),
    '--mantine-color-disabled-border': step(4),
    '--mantine-color-gray-text': step(8),
    '--mantine-color-gray-light': step(3),
    '--mantine-color-gray-light-hover': step(4),
    '--mantine-color-gray-light-color': step(9),
    '--mantine-color-gray-outline': step(6),
    '--mantine-color-gray-outline-hover': step(2),
  };
  scale.forEach((colour, index) => {
    variables[`--fettle-neutral-${index}`] = colour;
  });
  return variables;
}

function paletteVariables(palettes: Readonly<Record<string, Palette>>, scheme: 'light' | 'dark'): Variables {
  const variables: Variables = {};
  for (const [name, palette] of Object.entries(palettes)) {
    const use = palette[scheme];
    variables[`--mantine-color-${name}-text`] = use.text;
    variables[`--mantine-color-${name}-filled-hover`] = use.filledHover;
    variables[`--mantine-color-${name}-light`] = use.soft;
    variables[`--mantine-color-${name}-light-hover`] = use.softHover;
    variables[`--mantine-color-${name}-light-color`] = use.softText;
    variables[`--mantine-color-${name}-outline`] = use.text;
    variables[`--mantine-color-${name}-outline-hover`] = use.soft;
  }
  const accent = palettes['accent'];
  if (accent !== undefined) {
    assignUse(variables, 'accent', accent[scheme]);
    variables['--fettle-accent-filled'] = 'var(--mantine-color-accent-filled)';
    variables['--fettle-accent-contrast'] = accent.onFilled;
    variables['--mantine-primary-color-contrast'] = accent.onFilled;
    variables['--mantine-color-anchor'] = accent[scheme].text;
    variables['--fettle-focus'] = accent[scheme].text;
  }
  for (const [status, name] of Object.entries(statusNames)) {
    const palette = palettes[name];
    if (palette !== undefined) assignUse(variables, status, palette[scheme]);
  }
  variables['--mantine-color-error'] = variables['--fettle-danger-text'] ?? '';
  variables['--mantine-color-success'] = variables['--fettle-success-text'] ?? '';
  return variables;
}

function assignUse(variables: Variables, name: string, use: ColourUse): void {
  variables[`--fettle-${name}-text`] = use.text;
  variables[`--fettle-${name}-soft`] = use.soft;
  variables[`--fettle-${name}-soft-hover`] = use.softHover;
  variables[`--fettle-${name}-soft-text`] = use.softText;
  variables[`--fettle-${name}-border`] = use.border;
}
