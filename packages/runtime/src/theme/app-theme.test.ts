import { describe, expect, it } from 'vitest';
import { contrast, formatHex, luminance, parseHex } from './colour.ts';
import { createAppTheme, defaultAccent } from './app-theme.ts';
import { createNeutrals } from './neutrals.ts';
import { createPalette, filledShade } from './palette.ts';

const accents = [
  defaultAccent,
  '#000000',
  '#ffffff',
  '#ffff00',
  '#00ff00',
  '#0000ff',
  '#ff0000',
  '#808080',
  '#767676',
  '#e8a60c',
  '#ffc0cb',
  '#123456',
];

describe('colours', () => {
  it('survive the way to OKLCH and back', () => {
    for (const hex of accents) expect(formatHex(parseHex(hex))).toBe(hex);
  });

  it('keep their hue when a screen cannot show them', () => {
    const hex = formatHex({ lightness: 0.7, chroma: 0.4, hue: 150 });
    expect(Math.abs(parseHex(hex).hue - 150)).toBeLessThan(2);
  });
});

describe('a palette', () => {
  const tints = ['cool', 'plain', 'warm'] as const;

  it('has readable text on filled, whatever the accent', () => {
    for (const tint of tints) {
      for (const accent of accents) {
        const palette = createPalette(accent, createNeutrals(tint));
        const filled = palette.shades[filledShade];
        expect(contrast(filled ?? '', palette.onFilled), `${accent} ${filled}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(palette.light.filledHover, palette.onFilled), `${accent} hover`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has readable texts and soft backgrounds in both schemes', () => {
    for (const tint of tints) {
      const neutrals = createNeutrals(tint);
      for (const accent of accents) {
        const palette = createPalette(accent, neutrals);
        for (const scheme of ['light', 'dark'] as const) {
          const use = palette[scheme];
          for (const surface of neutrals[scheme].slice(0, 3)) {
            expect(contrast(use.text, surface), `${accent} text ${scheme}`).toBeGreaterThanOrEqual(4.5);
          }
          expect(contrast(use.softText, use.soft), `${accent} soft ${scheme}`).toBeGreaterThanOrEqual(4.5);
          expect(contrast(use.softText, use.softHover), `${accent} soft hover ${scheme}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  it('goes from pale to deep', () => {
    for (const accent of accents) {
      const shades = createPalette(accent, createNeutrals('cool')).shades.map((shade) => luminance(shade));
      expect(shades).toEqual([...shades].sort((a, b) => b - a));
    }
  });

  it('uses the given colour itself when text on it can be read', () => {
    expect(createPalette(defaultAccent, createNeutrals('cool')).shades[filledShade]).toBe(defaultAccent);
  });
});

describe('neutrals', () => {
  it('have eleven steps per scheme whose texts can be read on the surfaces', () => {
    for (const tint of ['cool', 'plain', 'warm'] as const) {
      for (const scale of Object.values(createNeutrals(tint)) as (readonly string[])[]) {
        expect(scale).toHaveLength(11);
        for (const text of scale.slice(7)) {
          for (const surface of scale.slice(0, 3)) expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});

describe('an app theme', () => {
  it('takes its sizes from density and radius', () => {
    const compact = createAppTheme({ density: 'compact', radius: 'none' });
    const cosy = createAppTheme({});
    expect(compact.override.fontSizes?.['md']).toBe('0.8125rem');
    expect(compact.override.radius?.['sm']).toBe('0rem');
    expect(cosy.override.fontSizes?.['md']).toBe('0.875rem');
    expect(cosy.scheme).toBe('auto');
  });

  it('names its own variables the same in light and dark', () => {
    const { cssVariables } = createAppTheme({});
    const { light, dark } = cssVariables({} as never);
    expect(Object.keys(light)).toEqual(Object.keys(dark));
    expect(light['--fettle-neutral-10']).not.toBe(dark['--fettle-neutral-10']);
  });
});
