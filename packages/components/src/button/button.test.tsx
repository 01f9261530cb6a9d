// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { Button } from './component.tsx';
import { buttonManifest } from './manifest.ts';

describe('Button', () => {
  it('runs its click once at a time and is busy meanwhile', async () => {
    let finish: (value: boolean) => void = () => undefined;
    const onEmit = () => new Promise<boolean>((resolve) => (finish = resolve));
    const view = renderFresh(Button, buttonManifest, { text: 'Save' }, { onEmit });
    const button = view.getByRole('button', { name: 'Save' });
    fireEvent.click(button);
    fireEvent.click(button);
    await settle();
    expect(view.emitted).toHaveLength(1);
    expect(view.exposed).toEqual({ isRunning: true });
    expect(button.hasAttribute('data-loading')).toBe(true);
    await act(async () => finish(true));
    expect(view.exposed).toEqual({ isRunning: false });
  });

  it('asks before when told to, and stops on no', async () => {
    const settings = {
      text: 'Delete',
      tone: 'danger',
      confirm: true,
      confirmTitle: 'Delete Ada?',
      confirmMessage: 'For good.',
    };
    const view = renderFresh(Button, buttonManifest, settings, { confirms: false });
    fireEvent.click(view.getByRole('button', { name: 'Delete' }));
    await settle();
    expect(view.questions).toEqual([{ title: 'Delete Ada?', message: 'For good.', button: 'Delete', danger: true }]);
    expect(view.emitted).toEqual([]);
  });

  it('does nothing on the canvas or while disabled', async () => {
    const design = renderFresh(Button, buttonManifest, { text: 'Save' }, { mode: 'design' });
    fireEvent.click(design.getByRole('button'));
    design.unmount();
    const disabled = renderFresh(Button, buttonManifest, { text: 'Save', disabled: true });
    await act(async () => void (await disabled.call('click')));
    expect([...design.emitted, ...disabled.emitted]).toEqual([]);
  });

  it('has a name even when it shows only an icon', () => {
    const view = renderFresh(Button, buttonManifest, { text: '', icon: 'trash', tooltip: 'Delete' });
    expect(view.getByRole('button', { name: 'Delete' })).toBeTruthy();
  });
});
