// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Steps } from './component.tsx';
import { stepsManifest } from './manifest.ts';

const items = [
  { id: 'filed', label: 'Filed', description: '3 May' },
  { id: 'approved', label: 'Approved' },
  { id: 'paid', label: 'Paid out' },
];
const states = (root: HTMLElement) => [...root.querySelectorAll('li')].map((step) => step.dataset.state);

describe('Steps', () => {
  it('says what is done, under way and to come', () => {
    const view = renderFresh(Steps, stepsManifest, { items, current: 'approved' });
    expect(view.getAllByRole('img').map((dot) => dot.getAttribute('aria-label'))).toEqual([
      'done',
      'under way',
      'still to come',
    ]);
    expect(view.container.querySelector('[aria-current=step]')?.textContent).toContain('Approved');
    expect(view.getByText('3 May')).toBeTruthy();
  });

  it('knows a way that ended, well or not', () => {
    const done = renderFresh(Steps, stepsManifest, { items, current: 'paid', state: 'finished' });
    expect(states(done.container)).toEqual(['done', 'done', 'done']);
    done.unmount();
    const failed = renderFresh(Steps, stepsManifest, { items, current: 'approved', state: 'failed' });
    expect(states(failed.container)).toEqual(['done', 'failed', 'ahead']);
  });

  it('leaves hidden steps out, and is at none while it does not know', () => {
    const some = items.map((item) => (item.id === 'approved' ? { ...item, visible: false } : item));
    const view = renderFresh(Steps, stepsManifest, { items: some, current: '' });
    expect(states(view.container)).toEqual(['ahead', 'ahead']);
  });

  it('tells which step was clicked', async () => {
    const view = renderFresh(Steps, stepsManifest, { items, current: 'filed' }, { events: ['click'] });
    fireEvent.click(view.getByRole('button', { name: /Paid out/ }));
    await settle();
    expect(view.emitted).toEqual([{ name: 'click', payload: { step: 'paid' } }]);
  });
});
