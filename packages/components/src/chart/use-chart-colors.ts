import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useMemo } from 'react';
import type { ChartColors } from './chart-options.ts';

const accents = ['teal', 'orange', 'grape', 'cyan', 'pink', 'lime', 'violet', 'yellow', 'red'];

/** Colours of the app's theme as the drawing engine needs them: worked out, for light or dark. */
export function useChartColors(): ChartColors {
  const scheme = useComputedColorScheme('light');
  const theme = useMantineTheme();
  return useMemo(() => {
    const resolve = colorResolver();
    const colors = {
      palette: [
        resolve('--mantine-primary-color-filled'),
        ...accents
          .filter((name) => name !== theme.primaryColor)
          .map((name) => resolve(`--mantine-color-${name}-filled`)),
      ],
      text: resolve('--mantine-color-text'),
      dimmed: resolve('--mantine-color-dimmed'),
      line: resolve('--mantine-color-default-border'),
      surface: resolve('--mantine-color-body'),
    };
    resolve.end();
    return colors;
    // The variables change with the scheme and the theme.
  }, [scheme, theme]);
}

/** The engine cannot read CSS variables, so an unseen element works them out. */
function colorResolver() {
  // Without a browser nothing is drawn.
  if (typeof document === 'undefined') return Object.assign(() => 'gray', { end: () => undefined });
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const resolve = (variable: string): string => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color || 'gray';
  };
  return Object.assign(resolve, { end: () => probe.remove() });
}
