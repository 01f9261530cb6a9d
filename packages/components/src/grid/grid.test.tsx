// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Grid } from './component.tsx';
import { gridManifest } from './manifest.ts';

it('is the direct parent of its cells', () => {
  const slots = { children: <div data-fettle-cell="">Cell</div> };
  const { getByText, container } = renderFresh(Grid, gridManifest, { gap: 'small', align: 'center' }, { slots });
  const grid = getByText('Cell').parentElement;
  expect(grid?.style.gap).toBe('8px');
  expect(grid?.style.alignItems).toBe('center');
  expect(container.contains(grid)).toBe(true);
});

it('follows the width of the screen element and not of the window', () => {
  const css = readFileSync(path.join(import.meta.dirname, 'grid.module.css'), 'utf8');
  expect(css).toMatch(/@container fettle-screen \(min-width: 640px\)/);
  expect(css).toMatch(/@container fettle-screen \(min-width: 1024px\)/);
  expect(css).not.toContain('@media');
});
