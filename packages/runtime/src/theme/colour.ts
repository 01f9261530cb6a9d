/** A colour in OKLCH: lightness 0 to 1, chroma 0 to about 0.37, hue in degrees. Equal steps look equal. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

type Triple = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function parseHex(hex: string): Oklch {
  const [l, m, s] = linearToLms(hexToLinear(hex));
  const [lRoot, mRoot, sRoot] = [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)];
  const lightness = 0.2104542553 * lRoot + 0.793617785 * mRoot - 0.0040720468 * sRoot;
  const a = 1.9779984951 * lRoot - 2.428592205 * mRoot + 0.4505937099 * sRoot;
  const b = 0.0259040371 * lRoot + 0.7827717662 * mRoot - 0.808675766 * sRoot;
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(a, b), hue: (hue + 360) % 360 };
}

/** Writes `#rrggbb`. Colours that a screen cannot show lose chroma, never lightness or hue. */
export function formatHex(colour: Oklch): string {
  if (isDisplayable(toLinear(colour))) return linearToHex(toLinear(colour));
  let low = 0;
  let high = colour.chroma;
  for (let step = 0; step < 16; step += 1) {
    const middle = (low + high) / 2;
    if (isDisplayable(toLinear({ ...colour, chroma: middle }))) low = middle;
    else high = middle;
  }
  return linearToHex(toLinear({ ...colour, chroma: low }));
}

/** Relative luminance of `#rrggbb`, 0 to 1, as WCAG 2 defines it. */
export function luminance(hex: string): number {
  const [red, green, blue] = hexToLinear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two `#rrggbb` colours, 1 to 21, as WCAG 2 defines it. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour nearest to `colour` in lightness that reaches `least` contrast on all the backgrounds given. */
export function readableOn(colour: Oklch, backgrounds: readonly string[], least = 4.5): string {
  const passes = (hex: string): boolean => backgrounds.every((background) => contrast(hex, background) >= least);
  for (let distance = 0; distance <= 1; distance += 0.01) {
    for (const lightness of [colour.lightness - distance, colour.lightness + distance]) {
      if (lightness < 0 || lightness > 1) continue;
      const hex = formatHex({ ...colour, lightness });
      if (passes(hex)) return hex;
    }
  }
  return formatHex(colour);
}

function hexToLinear(hex: string): Triple {
  const channel = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function linearToHex(linear: Triple): string {
  const channel = (value: number): string => {
    const clipped = Math.min(1, Math.max(0, value));
    const encoded = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${linear.map(channel).join('')}`;
}

function linearToLms([red, green, blue]: Triple): Triple {
  return [
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  ];
}

function toLinear({ lightness, chroma, hue }: Oklch): Triple {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isDisplayable(linear: Triple): boolean {
  return linear.every((value) => value >= -0.0005 && value <= 1.0005);
}
