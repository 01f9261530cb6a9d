import type { Page } from 'playwright-core';

/** A text that is too close in colour to what is behind it. */
export interface WeakText {
  readonly text: string;
  readonly ratio: number;
  readonly colour: string;
  readonly background: string;
}

/** Texts on the page with less contrast than WCAG AA asks (4.5, or 3 for large ones). */
export function weakTexts(page: Page): Promise<readonly WeakText[]> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const parse = (colour: string): [number, number, number, number] => {
      if (context === null) return [0, 0, 0, 0];
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: readonly number[], below: readonly number[]): [number, number, number, number] => {
      const alpha = top[3] ?? 1;
      const mix = (index: number): number => (top[index] ?? 0) * alpha + (below[index] ?? 0) * (1 - alpha);
      return [mix(0), mix(1), mix(2), 1];
    };
    const backgroundOf = (element: Element): [number, number, number, number] => {
      const layers: [number, number, number, number][] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const layer = parse(getComputedStyle(at).backgroundColor);
        if (layer[3] > 0) layers.push(layer);
        if (layer[3] === 1) break;
      }
      return layers.reduceRight<[number, number, number, number]>(
        (below, layer) => over(layer, below),
        [255, 255, 255, 1],
      );
    };
    const luminance = (colour: readonly number[]): number => {
      const channel = (value: number): number => {
        const part = value / 255;
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * channel(colour[0] ?? 0) + 0.7152 * channel(colour[1] ?? 0) + 0.0722 * channel(colour[2] ?? 0);
    };
    const found = new Map<string, WeakText>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (
        text === '' ||
        element === null ||
        !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue;
      if (element.closest('[disabled], [data-disabled], [aria-disabled="true"], script, style, svg') !== null) continue;
      const style = getComputedStyle(element);
      const background = backgroundOf(element);
      const colour = over(parse(style.color), background);
      const [light, dark] = [luminance(colour), luminance(background)].sort((a, b) => b - a);
      const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5))
        found.set(`${style.color} ${String(background)}`, {
          text: text.slice(0, 40),
          ratio: Math.round(ratio * 100) / 100,
          colour: style.color,
          background: background.map(Math.round).join(' '),
        });
    }
    return [...found.values()];
  });
}
