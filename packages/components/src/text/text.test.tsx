// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Text } from './component.tsx';
import { textManifest } from './manifest.ts';

it('shows text as it is, markup included, and nothing for missing values', () => {
  const view = renderFresh(Text, textManifest, { text: '<b>bold</b>\nsecond line' });
  expect(view.container.querySelector('b')).toBeNull();
  expect(view.getByText(/<b>bold<\/b>/)).toBeTruthy();
  view.unmount();
  expect(renderFresh(Text, textManifest, { text: null }).container.querySelector('p')?.textContent).toBe('');
});

it('takes the colour of its meaning', () => {
  const view = renderFresh(Text, textManifest, { text: 'Late', tone: 'danger' });
  expect(view.getByText('Late').style.color).toContain('--mantine-color-red');
});
