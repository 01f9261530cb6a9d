// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Image } from './component.tsx';
import { imageManifest } from './manifest.ts';

describe('Image', () => {
  it('shows a picture with its description and caption', () => {
    const view = renderFresh(Image, imageManifest, {
      url: 'https://example.com/a.png',
      description: 'A cat',
      caption: 'Tom',
    });
    expect(view.getByAltText('A cat').getAttribute('src')).toBe('https://example.com/a.png');
    expect(view.getByText('Tom')).toBeTruthy();
  });

  it('never loads an unsafe address', () => {
    const view = renderFresh(Image, imageManifest, { url: 'javascript:alert(1)' });
    expect(view.container.querySelector('img')).toBeNull();
    expect(view.getByText('This address cannot be shown as a picture.')).toBeTruthy();
  });

  it('shows its description when the picture does not load', () => {
    const view = renderFresh(Image, imageManifest, { url: '/gone.png', description: 'A cat' });
    fireEvent.error(view.getByAltText('A cat'));
    expect(view.container.querySelector('img')).toBeNull();
    expect(view.getByText('A cat')).toBeTruthy();
  });

  it('is a button only when a click does something', () => {
    const view = renderFresh(Image, imageManifest, { url: '/a.png', description: 'A cat' }, { events: ['click'] });
    fireEvent.click(view.getByRole('button', { name: 'A cat' }));
    expect(view.emitted).toEqual([{ name: 'click' }]);
  });
});
