import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useLayoutEffect, useState } from 'react';
import type { ChartColors } from './chart-options.ts';

const accents = ['teal', 'orange', 'grape', 'cyan', 'pink', 'lime', 'violet', 'yellow', 'red'];

const unknown: ChartColors = {
  palette: ['gray'],
  text: 'gray',
  dimmed: 'gray',
  line: 'gray',
  surface: 'white',
  font: 'sans-serif',
};

/**
 * Colours and font of the theme as the drawing engine needs them: worked out, for light or dark, where the chart stands.
 * Grey as long as it stands nowhere. The engine measures texts by the font's name, and cannot look up "inherit".
 */
export function useChartColors(place: HTMLElement | null): ChartColors {
  const scheme = useComputedColorScheme('light');
  const theme = useMantineTheme();
  const [colors, setColors] = useState(unknown);
  // After the variables of a new scheme or theme are in the page, before it is drawn.
  useLayoutEffect(() => {
    if (place !== null) setColors(colorsAt(place, theme.primaryColor));
  }, [place, scheme, theme]);
  return colors;
}

/** The engine cannot read CSS variables, so an unseen element works them out. */
function colorsAt(place: HTMLElement, primaryColor: string): ChartColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  place.append(probe);
  const resolve = (variable: string): string => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color || 'gray';
  };
  const primary = resolve('--mantine-primary-color-filled');
  const others = accents
    .filter((name) => name !== primaryColor)
    .map((name) => resolve(`--mantine-color-${name}-filled`));
  const colors = {
    palette: [primary, ...others.filter((color) => distance(color, primary) > nearest)],
    text: resolve('--mantine-color-text'),
    dimmed: resolve('--mantine-color-dimmed'),
    line: resolve('--mantine-color-default-border'),
    surface: resolve('--mantine-color-body'),
    font: getComputedStyle(probe).fontFamily || 'sans-serif',
  };
  probe.remove();
  return colors;
}

/** Colours that are nearer to the main one than this cannot be told from it in a chart: of 441, from black to white. */
const nearest = 70;

function distance(one: string, other: string): number {
  const [a, b] = [one, other].map((color) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number));
  return Math.hypot(...(a ?? []).map((part, index) => part - (b?.[index] ?? part)));
}
