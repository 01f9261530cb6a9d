// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Iframe } from './component.tsx';
import { iframeManifest } from './manifest.ts';
import { sandboxOf } from './sandbox.ts';

describe('sandboxOf', () => {
  it('never lets a page of our own origin keep its origin', () => {
    expect(sandboxOf('/other', 'https://apps.example/a', true)).not.toContain('allow-same-origin');
    expect(sandboxOf('https://apps.example/x', 'https://apps.example/a', true)).not.toContain('allow-same-origin');
    expect(sandboxOf('https://else.example/x', 'https://apps.example/a', true)).toContain('allow-same-origin');
  });

  it('never lets a page replace the app, and runs scripts only when told to', () => {
    expect(sandboxOf('https://else.example', 'https://apps.example', false)).not.toMatch(/scripts|top-navigation/);
  });
});

it('embeds nothing from an unsafe address', () => {
  const view = renderFresh(Iframe, iframeManifest, { url: 'javascript:alert(1)' });
  expect(view.container.querySelector('iframe')).toBeNull();
  expect(view.getByText('This address cannot be embedded.')).toBeTruthy();
});
