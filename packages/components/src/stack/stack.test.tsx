// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Stack } from './component.tsx';
import { stackManifest } from './manifest.ts';

const slots = { children: <div data-fettle-cell="">Child</div> };

it('puts its children straight into the flex container, with the chosen gap', () => {
  const { getByText } = renderFresh(Stack, stackManifest, { gap: 'large' }, { slots });
  const container = getByText('Child').parentElement;
  expect(container?.style.gap).toBe('24px');
  expect(container?.dataset.direction).toBe('column');
});

it('wraps only across', () => {
  const down = renderFresh(Stack, stackManifest, { direction: 'column', wrap: true }, { slots });
  expect(down.getByText('Child').parentElement?.style.flexWrap).toBe('nowrap');
  down.unmount();
  const across = renderFresh(Stack, stackManifest, { direction: 'row', wrap: true }, { slots });
  expect(across.getByText('Child').parentElement?.style.flexWrap).toBe('wrap');
});
