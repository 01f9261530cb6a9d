// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Tabs } from './component.tsx';
import { tabsManifest } from './manifest.ts';

const tabs = [
  { id: 'one', label: 'One' },
  { id: 'two', label: 'Two' },
  { id: 'secret', label: 'Secret', visible: false },
];
const slots = { one: 'First content', two: 'Second content', secret: 'Secret content' };

describe('Tabs', () => {
  it('opens the first tab, leaves out hidden ones and mounts only what is open', () => {
    const view = renderFresh(Tabs, tabsManifest, { tabs }, { slots });
    expect(view.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['One', 'Two']);
    expect(view.getByText('First content')).toBeTruthy();
    expect(view.queryByText('Second content')).toBeNull();
    expect(view.exposed).toEqual({ tab: 'one' });
  });

  it('changes by click, tells so, and keeps what was open before', async () => {
    const view = renderFresh(Tabs, tabsManifest, { tabs }, { slots });
    fireEvent.click(view.getByRole('tab', { name: 'Two' }));
    await settle();
    expect(view.getByText('Second content')).toBeTruthy();
    expect(view.getByText('First content')).toBeTruthy();
    expect(view.emitted).toEqual([{ name: 'change', payload: { tab: 'two' } }]);
  });

  it('forgets hidden content when told to', async () => {
    const view = renderFresh(Tabs, tabsManifest, { tabs, keepAlive: false }, { slots });
    fireEvent.click(view.getByRole('tab', { name: 'Two' }));
    await settle();
    expect(view.queryByText('First content')).toBeNull();
  });

  it('opens a tab by method, but never a hidden or unknown one', async () => {
    const view = renderFresh(Tabs, tabsManifest, { tabs, initialTab: 'two' }, { slots });
    expect(view.exposed).toEqual({ tab: 'two' });
    act(() => void view.call('select', { tab: 'secret' }));
    act(() => void view.call('select', { tab: 'nowhere' }));
    expect(view.exposed).toEqual({ tab: 'two' });
    act(() => void view.call('select', { tab: 'one' }));
    await settle();
    expect(view.exposed).toEqual({ tab: 'one' });
  });
});
