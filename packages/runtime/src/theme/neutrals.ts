import type { Theme } from '@fettle/definition';
import { formatHex } from './colour.ts';

/** Eleven greys: 0 is the page, 10 the strongest text, in both schemes. */
export type NeutralScale = readonly string[];

/** The greys of one theme. */
export interface Neutrals {
  readonly light: NeutralScale;
  readonly dark: NeutralScale;
}

// Tuned apart: dark surfaces need wider steps near the page, light ones near the text. Steps 7 and up pass 4.5:1 as
// text on steps 0 to 2.
const lightSteps = [1, 0.985, 0.967, 0.94, 0.905, 0.855, 0.72, 0.53, 0.47, 0.34, 0.21];
const darkSteps = [0.18, 0.21, 0.24, 0.275, 0.32, 0.385, 0.5, 0.66, 0.74, 0.86, 0.95];

const tints = {
  cool: { chroma: 0.011, hue: 265 },
  plain: { chroma: 0, hue: 0 },
  warm: { chroma: 0.009, hue: 70 },
} as const;

/** Makes the greys of a tint. */
export function createNeutrals(tint: NonNullable<Theme['neutral']>): Neutrals {
  const { chroma, hue } = tints[tint];
  const scale = (steps: readonly number[]): NeutralScale =>
    // White and the palest steps stay almost clean: a visible tint there looks dirty.
    steps.map((lightness) => formatHex({ lightness, chroma: lightness > 0.96 ? chroma * 0.35 : chroma, hue }));
  return { light: scale(lightSteps), dark: scale(darkSteps) };
}
