// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { codeOf } from './code-of.ts';
import { Scanner } from './component.tsx';
import { scannerManifest } from './manifest.ts';

it('knows the code in the address of a label', () => {
  expect(codeOf('https://tools.example.com/apps/assets/scan/AST-0042')).toBe('AST-0042');
  expect(codeOf('https://tools.example.com/apps/assets/scan/A%20B/')).toBe('A B');
  expect(codeOf('4006381333931')).toBe('4006381333931');
});

it('takes one code after the other, as hand scanners type them, and loses none while actions run', async () => {
  let finish = (): void => undefined;
  const view = renderFresh(
    Scanner,
    scannerManifest,
    {},
    {
      events: ['scan'],
      onEmit: () => new Promise<boolean>((resolve) => (finish = () => resolve(true))),
    },
  );
  const box = view.getByRole('textbox', { name: 'Code' });
  for (const code of ['AST-0001', 'AST-0002']) {
    fireEvent.change(box, { target: { value: code } });
    fireEvent.submit(box.closest('form') as HTMLFormElement);
  }
  await settle();
  expect(view.emitted.map(({ payload }) => payload?.['code'])).toEqual(['AST-0001']);
  finish();
  await settle();
  expect(view.emitted.map(({ payload }) => payload?.['code'])).toEqual(['AST-0001', 'AST-0002']);
  expect(view.exposed).toEqual({ value: 'AST-0002', code: 'AST-0002', count: 2 });
  expect((box as HTMLInputElement).value).toBe('');
  expect(document.activeElement).toBe(box);
});

it('says what to do where the camera is not given', async () => {
  const view = renderFresh(Scanner, scannerManifest);
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
  fireEvent.click(view.getByRole('button', { name: 'Camera' }));
  await settle();
  expect(view.getByRole('alert').textContent).toContain('https');
});
