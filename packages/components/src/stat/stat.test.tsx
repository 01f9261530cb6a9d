// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Stat } from './component.tsx';
import { statManifest } from './manifest.ts';

describe('Stat', () => {
  it('writes its number in the format of the person', () => {
    const view = renderFresh(Stat, statManifest, {
      label: 'Sales',
      value: '1234567.891',
      format: 'currency',
      currency: 'GBP',
    });
    expect(view.getByText('£1,234,567.89')).toBeTruthy();
  });

  it('shows texts as they are and a dash for nothing', () => {
    expect(renderFresh(Stat, statManifest, { value: 'Fine' }).getByText('Fine')).toBeTruthy();
    expect(renderFresh(Stat, statManifest, { value: null }).getByText('–')).toBeTruthy();
  });

  it('says by colour and sign whether a change is good', () => {
    const view = renderFresh(Stat, statManifest, { value: 5, trend: 12.5, goodDirection: 'down', help: 'since May' });
    expect(view.getByText('+12.5%').style.color).toContain('red');
    expect(view.getByText('since May')).toBeTruthy();
  });
});
