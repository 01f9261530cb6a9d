// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Card } from './component.tsx';
import { cardManifest } from './manifest.ts';

const slots = { body: 'The body', actions: <button type="button">Act</button> };

describe('Card', () => {
  it('shows title, description, actions and body', () => {
    const { getByRole, getByText } = renderFresh(
      Card,
      cardManifest,
      { title: 'Team', description: 'Five people' },
      { slots },
    );
    expect(getByRole('heading', { name: 'Team' })).toBeTruthy();
    expect(getByText('Five people')).toBeTruthy();
    expect(getByText('The body')).toBeTruthy();
    expect(getByRole('button', { name: 'Act' })).toBeTruthy();
  });

  it('folds and unfolds by its button and by its methods', () => {
    const card = renderFresh(Card, cardManifest, { title: 'Team', collapsible: true, initiallyOpen: false }, { slots });
    expect(card.queryByText('The body')).toBeNull();
    fireEvent.click(card.getByRole('button', { name: 'Unfold Team' }));
    expect(card.getByText('The body')).toBeTruthy();
    expect(card.exposed).toEqual({ isOpen: true });
    expect(card.emitted).toEqual([{ name: 'toggle', payload: { isOpen: true } }]);
    act(() => void card.call('close'));
    expect(card.queryByText('The body')).toBeNull();
  });

  it('can be clicked with pointer and keyboard when it has actions', () => {
    const card = renderFresh(Card, cardManifest, { title: 'Team' }, { slots: { body: 'The body' }, events: ['click'] });
    const surface = card.getByRole('button', { name: 'Team' });
    fireEvent.keyDown(surface, { key: 'Enter' });
    expect(card.emitted).toEqual([{ name: 'click' }]);
  });
});
