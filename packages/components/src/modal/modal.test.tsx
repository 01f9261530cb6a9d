// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Modal } from './component.tsx';
import { modalManifest } from './manifest.ts';

const slots = { body: 'The body', footer: 'The footer' };

describe('Modal', () => {
  it('is closed at first and opens by its method with values', async () => {
    const modal = renderFresh(Modal, modalManifest, { title: 'Edit person' }, { slots });
    expect(screen.queryByRole('dialog')).toBeNull();
    act(() => void modal.call('open', { id: 4 }));
    await settle();
    expect(screen.getByRole('dialog', { name: 'Edit person' })).toBeTruthy();
    expect(screen.getByText('The body')).toBeTruthy();
    expect(screen.getByText('The footer')).toBeTruthy();
    expect(modal.exposed).toEqual({ isOpen: true, input: { id: 4 } });
    expect(modal.emitted).toEqual([{ name: 'open' }]);
  });

  it('closes by its button and tells so once', async () => {
    const modal = renderFresh(Modal, modalManifest, {}, { slots });
    act(() => void modal.call('open'));
    await settle();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await settle();
    act(() => void modal.call('close'));
    expect(modal.exposed).toMatchObject({ isOpen: false });
    expect(modal.emitted).toEqual([{ name: 'open' }, { name: 'close' }]);
  });

  it('shows a bar on the canvas, and itself while it is open', async () => {
    const modal = renderFresh(Modal, modalManifest, { title: 'Edit person' }, { slots, mode: 'design' });
    expect(modal.getByText('Opens with an event action')).toBeTruthy();
    expect(screen.queryByText('The body')).toBeNull();
    act(() => void modal.call('open'));
    await settle();
    expect(screen.getByText('The body')).toBeTruthy();
    expect(modal.emitted).toEqual([]);
  });
});
