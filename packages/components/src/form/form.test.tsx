// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { inputError } from '@fettle/base';
import { testSettings, type TestHostOptions } from '@fettle/sdk/testing';
import { renderComponent, settle } from '../testing/render-component.tsx';
import { music, tracks } from '../testing/music.ts';
import { Form } from './component.tsx';
import { formManifest, type FormSettings } from './manifest.ts';

const data = { kind: 'table', dataSource: 'ds_music', table: 'tracks' } as const;

async function show(overrides: Partial<FormSettings> = {}, options: TestHostOptions = {}) {
  const settings = testSettings(formManifest, { data, ...overrides }) as unknown as FormSettings;
  const result = renderComponent(Form, settings, { ...music(), ...options });
  await settle();
  await settle();
  return result;
}

function type(label: string | RegExp, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
  await settle();
}

describe('a form nobody configured', () => {
  it('has the right input for every column that can be written', async () => {
    await show();
    expect(screen.queryByLabelText(/^Id/)).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).type).toBe('text');
    expect(screen.getByLabelText<HTMLInputElement>(/Milliseconds/).inputMode).toBe('numeric');
    expect(screen.getByLabelText<HTMLInputElement>('Added on').type).toBe('date');
    expect(screen.getByLabelText<HTMLInputElement>('Rated').type).toBe('checkbox');
    expect(screen.getByLabelText('State').tagName).toBe('SELECT');
    expect(screen.getByLabelText('Notes').tagName).toBe('TEXTAREA');
    expect((await screen.findByLabelText('Album')).getAttribute('role')).toBe('combobox');
    expect(screen.getByLabelText(/Name/).getAttribute('aria-required')).toBe('true');
  });
});

describe('creating', () => {
  it('names what is missing, puts the focus there, and saves when it is right', async () => {
    const result = await show();
    await press('Save');
    expect(screen.getByText('3 fields need attention')).toBeTruthy();
    expect(screen.getByText('Fill in “Name”.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText(/Name/));
    expect(result.data.requests.some(({ method }) => method === 'create')).toBe(false);
    type(/Name/, 'New song');
    type(/Milliseconds/, '1000');
    type(/Unit price/, '12.345');
    await press('Save');
    expect(screen.getByText('Use at most 2 digits after the point.')).toBeTruthy();
    type(/Unit price/, '12.34');
    type('Added on', '2026-03-29');
    await press('Save');
    expect(result.data.rowsOf('tracks').at(-1)).toMatchObject({
      name: 'New song',
      milliseconds: 1000,
      unit_price: '12.34',
      added_on: '2026-03-29',
    });
    expect(result.emitted.at(-1)).toMatchObject({ name: 'saved', payload: { row: { name: 'New song' } } });
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).value).toBe('');
    expect(result.exposed['isDirty']).toBe(false);
  });

  it('gives a new row the default values of fields that are not shown', async () => {
    const result = await show({
      fields: [
        { id: 'name', column: 'name' },
        { id: 'milliseconds', column: 'milliseconds', visible: false, defaultValue: 1000 },
        { id: 'price', column: 'unit_price', visible: false, defaultValue: '0.99' },
        { id: 'notes', column: 'notes', visible: false },
      ],
    });
    expect(screen.queryByLabelText(/Milliseconds/)).toBeNull();
    type(/Name/, 'New song');
    await press('Save');
    const row = result.data.rowsOf('tracks').at(-1);
    expect(row).toMatchObject({ name: 'New song', milliseconds: 1000, unit_price: '0.99' });
    expect(Object.keys(row ?? {})).not.toContain('notes');
  });

  it('keeps to the greatest length of the column, after the field was left', async () => {
    await show();
    type(/Name/, 'x'.repeat(41));
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.blur(screen.getByLabelText(/Name/));
    expect(screen.getByRole('alert').textContent).toBe('Use at most 40 characters; this has 41.');
  });

  it('keeps to the rules of the builder, in the builder’s words', async () => {
    await show({ fields: [{ id: 'f1', column: 'milliseconds', min: 100, message: 'Songs are longer.' }] });
    type(/Milliseconds/, '5');
    await press('Save');
    expect(screen.getByText('Songs are longer.')).toBeTruthy();
  });

  it('puts the server’s complaints on their fields until those change', async () => {
    const result = await show();
    type(/Name/, 'Double');
    type(/Milliseconds/, '1');
    type(/Unit price/, '1');
    result.data.failWith(
      inputError({
        code: 'row.invalid',
        message: 'Not valid.',
        problems: [{ path: '/rows/0/name', message: 'There is one already.' }],
      }),
    );
    await press('Save');
    expect(screen.getByText('There is one already.')).toBeTruthy();
    expect(screen.queryByText('Not valid.')).toBeNull();
    type(/Name/, 'Other');
    expect(screen.queryByText('There is one already.')).toBeNull();
    expect(result.emitted.at(-2)).toMatchObject({ name: 'failed', payload: { error: { code: 'row.invalid' } } });
  });
});

describe('updating', () => {
  it('loads the row and sends only what changed, with what was seen', async () => {
    const result = await show({ mode: 'update', recordKey: '1' });
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).value).toBe('Restless and Wild');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    type(/Name/, 'Renamed');
    expect(screen.getByText('Unsaved changes')).toBeTruthy();
    await press('Save');
    expect(result.data.requests.find(({ method }) => method === 'update')?.request).toEqual([
      { key: { id: '1' }, values: { name: 'Renamed' }, expected: { name: 'Restless and Wild' } },
    ]);
    expect(result.exposed['isDirty']).toBe(false);
  });

  it('shows what somebody else changed meanwhile and keeps mine when asked', async () => {
    const result = await show({ mode: 'update', recordKey: 1 });
    type(/Name/, 'Mine');
    await act(() => result.data.update(data, [{ key: { id: 1 }, values: { name: 'Theirs' } }]));
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).value).toBe('Mine');
    await press('Save');
    expect(screen.getByText('Theirs', { selector: 'td' })).toBeTruthy();
    await press('Keep mine');
    expect(result.data.rowsOf('tracks')[0]?.['name']).toBe('Mine');
    expect(screen.queryByText('Keep mine')).toBeNull();
  });

  it('takes theirs when asked, and keeps my other changes', async () => {
    const result = await show({ mode: 'update', recordKey: 1 });
    type(/Name/, 'Mine');
    type(/Milliseconds/, '7');
    await act(() => result.data.update(data, [{ key: { id: 1 }, values: { name: 'Theirs' } }]));
    await press('Save');
    await press('Take theirs');
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).value).toBe('Theirs');
    await press('Save');
    expect(result.data.rowsOf('tracks')[0]).toMatchObject({ name: 'Theirs', milliseconds: 7 });
  });

  it('says when the row is not there', async () => {
    await show({ mode: 'update', recordKey: 999 });
    expect(screen.getByText('This row was not found')).toBeTruthy();
  });

  it('deletes after asking', async () => {
    const result = await show({ mode: 'update', recordKey: 1, allowDelete: true });
    await press('Delete');
    expect(result.data.rowsOf('tracks')).toHaveLength(tracks.length - 1);
    expect(result.emitted.at(-1)).toMatchObject({ name: 'deleted', payload: { row: { id: 1 } } });
  });
});

describe('viewing', () => {
  it('shows the values, related rows by their label', async () => {
    await show({ mode: 'view', recordKey: 1 }, { locale: 'de-DE' });
    expect(screen.getByText('Restless and Wild')).toBeTruthy();
    expect(await screen.findByText('Restless')).toBeTruthy();
    expect(screen.getByText('343.719')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});

describe('leaving with unsaved changes', () => {
  it('asks, and goes on when the person is sure', async () => {
    const result = await show();
    const proceed = vi.fn();
    const leave = (): CustomEvent => {
      const event = new CustomEvent('fettle:before-navigate', { cancelable: true, detail: { to: '/', proceed } });
      window.dispatchEvent(event);
      return event;
    };
    expect(leave().defaultPrevented).toBe(false);
    type(/Name/, 'Half a so');
    expect(leave().defaultPrevented).toBe(true);
    await settle();
    expect(result.questions[0]).toMatchObject({ title: 'Discard your changes?' });
    expect(proceed).toHaveBeenCalledOnce();
  });
});

describe('methods', () => {
  it('set values, submit and reset from outside', async () => {
    const result = await show();
    act(() => {
      void result.call('setValue', { field: 'name', value: 'From outside' });
    });
    expect(screen.getByLabelText<HTMLInputElement>(/Name/).value).toBe('From outside');
    expect(result.exposed['value']).toMatchObject({ name: 'From outside' });
    await act(async () => {
      expect(await result.call('submit')).toBe(false);
    });
    await waitFor(() => expect(screen.getByText('2 fields need attention')).toBeTruthy());
    act(() => {
      void result.call('reset');
    });
    expect(result.exposed['isDirty']).toBe(false);
  });
});
