// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { peopleData, withPeople } from '../testing/people.ts';
import { renderFresh, settle } from '../testing/render-component.tsx';
import { LabelSheet } from './component.tsx';
import { labelSheetManifest } from './manifest.ts';
import { papers, sheetsOf } from './papers.ts';

const ofItem = (name: string) => (scope: Readonly<Record<string, unknown>>) =>
  (scope['item'] as Readonly<Record<string, unknown>>)[name];
const settings = { data: peopleData, code: ofItem('name'), itemText: ofItem('team') };

it('makes a label of each row, with the code or the address of a screen in it', async () => {
  const plain = renderFresh(LabelSheet, labelSheetManifest, settings, withPeople);
  await settle();
  expect(plain.getByText('5 labels on 1 sheet')).toBeTruthy();
  expect(plain.getByRole('img', { name: 'QR code: Cleo' })).toBeTruthy();
  plain.unmount();
  const linked = renderFresh(LabelSheet, labelSheetManifest, { ...settings, screen: 'scr_person' }, withPeople);
  await settle();
  expect(
    linked.getByRole('img', { name: 'QR code: https://tools.example.com/apps/test/scr_person/Cleo' }),
  ).toBeTruthy();
});

it('leaves places empty that are used up, and begins further sheets', () => {
  const labels = Array.from({ length: 30 }, (_, index) => index);
  const sheets = sheetsOf(labels, papers['a4-24'], 3);
  expect(sheets.map((sheet) => sheet.length)).toEqual([24, 9]);
  expect(sheets[0]?.slice(0, 4)).toEqual([undefined, undefined, undefined, 0]);
});

it('fits the labels on the paper', () => {
  for (const paper of Object.values(papers)) {
    const width = paper.left * 2 + paper.columns * paper.labelWidth + (paper.columns - 1) * paper.columnGap;
    expect(width).toBeLessThanOrEqual(paper.pageWidth + 0.01);
    expect(paper.top + paper.rows * paper.labelHeight).toBeLessThanOrEqual(paper.pageHeight);
  }
});

it('prints the sheets alone and tells when they are on their way', async () => {
  const print = vi.fn(() => {
    expect(document.querySelector('[data-printing]')?.textContent).toContain('Ada');
  });
  vi.stubGlobal('print', print);
  const view = renderFresh(LabelSheet, labelSheetManifest, settings, { ...withPeople, events: ['print'] });
  await settle();
  fireEvent.click(view.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledOnce();
  act(() => void window.dispatchEvent(new Event('afterprint')));
  await settle();
  expect(document.querySelector('[data-printing]')).toBeNull();
  expect(view.emitted).toEqual([{ name: 'print', payload: { count: 5 } }]);
  vi.unstubAllGlobals();
});
