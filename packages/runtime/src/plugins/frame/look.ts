import { themeTokens } from '@fettle/sdk/react';
import type { Look } from './protocol.ts';

/** How a place in the page looks: what a frame there should look like. */
export function lookAt(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  const tokens: Record<string, string> = {};
  for (const name of themeTokens) {
    const value = style.getPropertyValue(name).trim();
    if (value !== '') tokens[name] = value;
  }
  const scheme = element.closest('[data-mantine-color-scheme]')?.getAttribute('data-mantine-color-scheme');
  return {
    scheme: scheme === 'dark' ? 'dark' : 'light',
    tokens,
    font: {
      family: style.fontFamily,
      size: style.fontSize,
      lineHeight: style.lineHeight,
      colour: style.color,
    },
  };
}
