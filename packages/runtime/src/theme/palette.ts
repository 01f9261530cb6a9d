import type { MantineColorsTuple } from '@mantine/core';
import { contrast, formatHex, luminance, parseHex, readableOn } from './colour.ts';
import type { Neutrals } from './neutrals.ts';

/** How a colour is used in one scheme. All texts pass 4.5:1 on what they stand on. */
export interface ColourUse {
  /** As text and icons on the page and on raised surfaces. */
  readonly text: string;
  /** Quiet background that `softText` stands on. */
  readonly soft: string;
  readonly softHover: string;
  readonly softText: string;
  readonly border: string;
  readonly filledHover: string;
}

/** A colour with everything derived from it. */
export interface Palette {
  /** Ten shades, pale to deep; shade 6 is the filled one in both schemes. */
  readonly shades: MantineColorsTuple;
  /** Text on filled. */
  readonly onFilled: string;
  readonly light: ColourUse;
  readonly dark: ColourUse;
}

/** Index of the filled shade, the same in both schemes so that text on it can be chosen once. */
export const filledShade = 6;
/** Above this luminance, text on a colour is dark. */
export const darkTextAbove = 0.19;

const lightnessOfShade = [0.97, 0.935, 0.88, 0.81, 0.73, 0.65, 0.57, 0.5, 0.43, 0.36];
const chromaOfShade = [0.12, 0.25, 0.45, 0.68, 0.88, 1, 1, 0.95, 0.85, 0.72];

/** Derives a palette from any colour. The colour itself is the filled one unless nobody could read text on it. */
export function createPalette(hex: string, neutrals: Neutrals): Palette {
  const given = parseHex(hex);
  const ink = neutrals.light[10] ?? '#000000';
  const filled = readableFill(hex, ink);
  const base = parseHex(filled);
  const shades = lightnessOfShade.map((lightness, index) => {
    if (index === filledShade) return filled;
    return formatHex({
      lightness: shadeLightness(lightness, base.lightness),
      chroma: given.chroma * (chromaOfShade[index] ?? 1),
      hue: given.hue,
    });
  });
  const isLight = luminance(filled) > darkTextAbove;
  const onFilled = isLight ? ink : '#ffffff';
  // Hovering moves away from the text, so that it stays readable.
  const filledHover = formatHex({ ...base, lightness: base.lightness + (isLight ? 0.05 : -0.05) });
  const use = (scheme: 'light' | 'dark'): ColourUse =>
    describeUse({ ...base, chroma: given.chroma }, neutrals, scheme, filledHover);
  return { shades: shades as unknown as MantineColorsTuple, onFilled, light: use('light'), dark: use('dark') };
}

// Keeps the order whatever the filled colour: 5 is always lighter than it, 7 always deeper.
function shadeLightness(lightness: number, filled: number): number {
  const [palest, middle, deepest] = [
    lightnessOfShade[0] ?? 1,
    lightnessOfShade[filledShade] ?? 0.5,
    lightnessOfShade[9] ?? 0,
  ];
  if (lightness > middle) return filled + ((lightness - middle) / (palest - middle)) * (palest - filled);
  return filled - ((middle - lightness) / (middle - deepest)) * (filled - Math.min(deepest, filled * 0.7));
}

function readableFill(hex: string, ink: string): string {
  const colour = parseHex(hex);
  // A filled button must stand out from a white page and from a near-black one.
  let lightness = Math.min(0.84, Math.max(0.4, colour.lightness));
  let filled = lightness === colour.lightness ? hex.toLowerCase() : formatHex({ ...colour, lightness });
  // Between the two, neither white nor dark text is readable: go a little deeper until white is.
  while (contrast(filled, '#ffffff') < 4.5 && contrast(filled, ink) < 4.5) {
    lightness -= 0.005;
    filled = formatHex({ ...colour, lightness });
  }
  while (luminance(filled) > darkTextAbove ? contrast(filled, ink) < 4.5 : contrast(filled, '#ffffff') < 4.5) {
    lightness -= 0.005;
    filled = formatHex({ ...colour, lightness });
  }
  return filled;
}

function describeUse(
  base: { readonly lightness: number; readonly chroma: number; readonly hue: number },
  neutrals: Neutrals,
  scheme: 'light' | 'dark',
  filledHover: string,
): ColourUse {
  const surfaces = neutrals[scheme].slice(0, 3);
  const isLight = scheme === 'light';
  const tone = (lightness: number, part: number): string =>
    formatHex({ lightness, chroma: Math.min(base.chroma, 0.16) * part, hue: base.hue });
  const soft = isLight ? tone(0.955, 0.22) : tone(0.29, 0.45);
  const softHover = isLight ? tone(0.925, 0.35) : tone(0.335, 0.5);
  const ink = { ...base, lightness: isLight ? Math.min(base.lightness, 0.56) : Math.max(base.lightness, 0.74) };
  return {
    text: readableOn(ink, surfaces),
    soft,
    softHover,
    softText: readableOn({ ...ink, lightness: isLight ? 0.46 : 0.84 }, [soft, softHover, ...surfaces]),
    border: isLight ? tone(0.83, 0.6) : tone(0.44, 0.65),
    filledHover,
  };
}
