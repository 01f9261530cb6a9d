// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { StoredFile } from '@fettle/sdk/react';
import { testSettings } from '@fettle/sdk/testing';
import { Form } from '../form/component.tsx';
import { formManifest, type FormSettings } from '../form/manifest.ts';
import { renderComponent, settle } from '../testing/render-component.tsx';
import { FileInput } from './component.tsx';
import { fileInputManifest } from './manifest.ts';

type FileSettings = Parameters<typeof FileInput>[0]['settings'];

/** A form of one file, whose upload ends when the test says so. */
async function chooseFile(overrides: Partial<FileSettings> = {}) {
  const file = testSettings(fileInputManifest, { field: 'receipt', label: 'Receipt', ...overrides }) as FileSettings;
  const settings = testSettings(formManifest, { submitLabel: 'Hand in' }) as unknown as FormSettings;
  const result = renderComponent(Form, settings, { slots: { body: <FileInput settings={file} /> } });
  await settle();
  const upload = Promise.withResolvers<StoredFile>();
  vi.spyOn(result.data, 'upload').mockReturnValue(upload.promise);
  fireEvent.change(screen.getByLabelText(/Receipt/), {
    target: { files: [new File(['two coffees'], 'coffee.txt', { type: 'text/plain' })] },
  });
  await settle();
  fireEvent.click(screen.getByRole('button', { name: 'Hand in' }));
  await settle();
  const saved = () => result.emitted.filter(({ name }) => name === 'saved');
  return { saved, upload };
}

describe('a form with a file that is being stored', () => {
  it.each([{ required: true }, { required: false }])('waits for it and has it then: %o', async (overrides) => {
    const { saved, upload } = await chooseFile(overrides);
    expect(saved()).toEqual([]);
    expect(screen.queryByText(/Fill in/)).toBeNull();
    const stored = { id: 'file_1', name: 'coffee.txt', size: 11, type: 'text/plain' };
    await act(async () => upload.resolve(stored));
    await settle();
    expect(saved()).toMatchObject([{ payload: { row: { receipt: stored } } }]);
  });

  it('is not sent without it when it cannot be stored', async () => {
    const { saved, upload } = await chooseFile();
    await act(async () => upload.reject(new TypeError('The connection broke.')));
    await settle();
    expect(saved()).toEqual([]);
    expect(screen.getByText('The connection broke.')).toBeTruthy();
    // Whoever has read that may go on without it.
    fireEvent.click(screen.getByRole('button', { name: 'Hand in' }));
    await settle();
    expect(saved()).toHaveLength(1);
  });
});
