// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Drawer } from './component.tsx';
import { drawerManifest } from './manifest.ts';

const slots = { body: 'The body' };

describe('Drawer', () => {
  it('opens by its method and closes with Escape', async () => {
    const drawer = renderFresh(Drawer, drawerManifest, { title: 'Details' }, { slots });
    act(() => void drawer.call('open', { row: { id: 1 } }));
    await settle();
    expect(screen.getByRole('dialog', { name: 'Details' })).toBeTruthy();
    expect(drawer.exposed).toEqual({ isOpen: true, input: { row: { id: 1 } } });
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await settle();
    expect(drawer.exposed).toMatchObject({ isOpen: false });
    expect(drawer.emitted).toEqual([{ name: 'open' }, { name: 'close' }]);
  });

  it('stays open on Escape when told to', async () => {
    const drawer = renderFresh(Drawer, drawerManifest, { closeOnEscape: false }, { slots });
    act(() => void drawer.call('open'));
    await settle();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(drawer.exposed).toMatchObject({ isOpen: true });
  });
});
