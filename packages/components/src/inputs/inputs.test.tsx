// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ComponentType } from 'react';
import { describe, expect, it } from 'vitest';
import type { ComponentManifest } from '@fettle/sdk';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { createTestHost, testSettings, type TestHost, type TestHostOptions } from '@fettle/sdk/testing';
import { CheckboxInput } from '../checkbox/component.tsx';
import { checkboxInputManifest } from '../checkbox/manifest.ts';
import { DateInput } from '../date-input/component.tsx';
import { dateInputManifest } from '../date-input/manifest.ts';
import { FileInput } from '../file-input/component.tsx';
import { fileInputManifest } from '../file-input/manifest.ts';
import { FilterBar } from '../filter-bar/component.tsx';
import { filterBarManifest } from '../filter-bar/manifest.ts';
import { Form } from '../form/component.tsx';
import { formManifest } from '../form/manifest.ts';
import { JsonInput } from '../json-input/component.tsx';
import { jsonInputManifest } from '../json-input/manifest.ts';
import { NumberInput } from '../number-input/component.tsx';
import { numberInputManifest } from '../number-input/manifest.ts';
import { RadioGroup } from '../radio-group/component.tsx';
import { radioGroupManifest } from '../radio-group/manifest.ts';
import { RelationInput } from '../relation-input/component.tsx';
import { relationInputManifest } from '../relation-input/manifest.ts';
import { SearchInput } from '../search-input/component.tsx';
import { searchInputManifest } from '../search-input/manifest.ts';
import { SelectInput } from '../select/component.tsx';
import { selectInputManifest } from '../select/manifest.ts';
import { renderComponent, settle } from '../testing/render-component.tsx';
import { music } from '../testing/music.ts';
import { TextInput } from '../text-input/component.tsx';
import { textInputManifest } from '../text-input/manifest.ts';

async function show(
  Component: unknown,
  manifest: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
  options: TestHostOptions = {},
) {
  const settings = testSettings(manifest as ComponentManifest, overrides);
  const result = renderComponent(Component as ComponentType<ComponentProps>, settings, { ...music(), ...options });
  await settle();
  return result;
}

function enter(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

describe('text input', () => {
  it('tells its value, checks it when it is left, and can be cleared from outside', async () => {
    const result = await show(TextInput, textInputManifest, { kind: 'email', label: 'Mail' });
    enter('Mail', 'nobody');
    expect(result.exposed['value']).toBe('nobody');
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.blur(screen.getByLabelText('Mail'));
    expect(screen.getByRole('alert').textContent).toContain('name@example.com');
    act(() => {
      void result.call('clear');
    });
    expect(result.exposed['value']).toBe('');
    expect(result.emitted.at(-1)).toEqual({ name: 'change', payload: { value: '' } });
  });

  it('hides passwords', async () => {
    await show(TextInput, textInputManifest, { kind: 'password', label: 'Secret' });
    expect(screen.getByLabelText<HTMLInputElement>('Secret').type).toBe('password');
  });
});

describe('number input', () => {
  it('keeps every digit of large numbers and decimals', async () => {
    const result = await show(NumberInput, numberInputManifest, { label: 'Amount' });
    enter('Amount', '9007199254740993');
    expect(result.exposed['value']).toBe('9007199254740993');
    enter('Amount', '12.50');
    expect(result.exposed['value']).toBe(12.5);
    enter('Amount', '0.1000000000000000055');
    expect(result.exposed['value']).toBe('0.1000000000000000055');
  });

  it('reads numbers as people write them where they live', async () => {
    const result = await show(NumberInput, numberInputManifest, { label: 'Betrag' }, { locale: 'de-DE' });
    enter('Betrag', '1.234,5');
    expect(result.exposed['value']).toBe(1234.5);
    fireEvent.blur(screen.getByLabelText('Betrag'));
    expect(screen.getByLabelText<HTMLInputElement>('Betrag').value).toBe('1234,5');
  });

  it('keeps to its limits exactly', async () => {
    await show(NumberInput, numberInputManifest, { label: 'Amount', max: '9007199254740992' });
    enter('Amount', '9007199254740993');
    fireEvent.blur(screen.getByLabelText('Amount'));
    expect(screen.getByRole('alert').textContent).toBe('Enter 9007199254740992 or less.');
  });
});

describe('date input', () => {
  it('never moves a date to another day', async () => {
    const result = await show(
      DateInput,
      dateInputManifest,
      { label: 'Day', defaultValue: '2026-03-29' },
      { timeZone: 'Pacific/Auckland' },
    );
    expect(screen.getByLabelText<HTMLInputElement>('Day').value).toBe('2026-03-29');
    enter('Day', '2026-10-25');
    expect(result.exposed['value']).toBe('2026-10-25');
  });

  it('reads a date and time in the time zone of the person', async () => {
    const result = await show(
      DateInput,
      dateInputManifest,
      { kind: 'datetime', label: 'When' },
      { timeZone: 'America/New_York' },
    );
    enter('When', '2026-07-01T09:30');
    expect(result.exposed['value']).toBe('2026-07-01T13:30:00.000Z');
    expect(screen.getByLabelText<HTMLInputElement>('When').value).toBe('2026-07-01T09:30');
  });
});

describe('select and radio group', () => {
  it('offer fixed options', async () => {
    const result = await show(RadioGroup, radioGroupManifest, {
      label: 'Size',
      options: [{ value: 's', label: 'Small' }, { value: 'l' }],
    });
    fireEvent.click(screen.getByLabelText('Small'));
    expect(result.exposed['value']).toBe('s');
  });

  it('offer rows, and give the row’s own value', async () => {
    const data = {
      kind: 'table',
      dataSource: 'ds',
      table: 'albums',
      filter: { column: 'id', operator: 'less', value: 4 },
    };
    const result = await show(SelectInput, selectInputManifest, { label: 'Album', optionsFrom: 'data', data });
    expect([...screen.getByLabelText<HTMLSelectElement>('Album').options].map((option) => option.text)).toEqual([
      '—',
      'Album 02',
      'Album 03',
      'Restless',
    ]);
    enter('Album', '2');
    expect(result.exposed['value']).toBe(2);
  });
});

describe('relation input', () => {
  const data = { kind: 'table', dataSource: 'ds', table: 'albums' };

  it('shows the label of the stored key', async () => {
    await show(RelationInput, relationInputManifest, { label: 'Album', data, defaultValue: 2 });
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Album').value).toBe('Album 02'));
  });

  it('searches on the server, loads more by keyset, and stores the key', async () => {
    const result = await show(RelationInput, relationInputManifest, { label: 'Album', data });
    fireEvent.click(screen.getByLabelText('Album'));
    await screen.findByText('Album 02');
    expect(screen.getAllByRole('option')).toHaveLength(21);
    fireEvent.click(screen.getByText('Load more…'));
    await screen.findByText('Restless');
    enter('Album', 'restl');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    expect(result.data.requests.at(-1)?.request).toMatchObject({
      search: { text: 'restl', columns: ['title'] },
      limit: 20,
    });
    fireEvent.click(screen.getByText('Restless'));
    await settle();
    expect(result.exposed).toMatchObject({ value: 1, label: 'Restless' });
    expect(screen.getByLabelText<HTMLInputElement>('Album').value).toBe('Restless');
    fireEvent.click(screen.getByLabelText('Clear'));
    expect(result.exposed['value']).toBeNull();
  });
});

describe('file input', () => {
  it('stores files, lists them, and refuses what is too large or of another type', async () => {
    const result = await show(FileInput, fileInputManifest, {
      label: 'Files',
      multiple: true,
      accept: '.txt',
      maxMegabytes: 0.001,
    });
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    const files = [
      new File(['hello'], 'note.txt', { type: 'text/plain' }),
      new File(['x'.repeat(2000)], 'long.txt', { type: 'text/plain' }),
      new File(['x'], 'run.exe'),
    ];
    fireEvent.change(input as HTMLInputElement, { target: { files } });
    await waitFor(() => expect(screen.getByText('note.txt').getAttribute('href')).toContain('/files/'));
    expect(screen.getByText('The file is too large: at most 1 kB.')).toBeTruthy();
    expect(screen.getByText('Only .txt files can be attached.')).toBeTruthy();
    expect(result.exposed['value']).toMatchObject([{ name: 'note.txt', size: 5 }]);
    fireEvent.click(screen.getByLabelText('Remove note.txt'));
    expect(result.exposed['value']).toEqual([]);
  });
});

describe('JSON input', () => {
  it('names what is wrong and keeps what was typed', async () => {
    const result = await show(JsonInput, jsonInputManifest, { label: 'Extra' });
    enter('Extra', '{"a": ');
    expect(screen.getByRole('alert').textContent).toContain('not valid JSON');
    enter('Extra', '{"a": 1}');
    expect(result.exposed['value']).toEqual({ a: 1 });
  });
});

describe('search input and filter bar', () => {
  it('wait until typing pauses', async () => {
    const result = await show(SearchInput, searchInputManifest, { delay: 20 });
    enter('Search', 'abc');
    expect(result.exposed['value']).toBe('');
    await waitFor(() => expect(result.exposed['value']).toBe('abc'));
    expect(result.emitted).toEqual([{ name: 'change', payload: { value: 'abc' } }]);
  });

  it('give a filter that tables take', async () => {
    const result = await show(FilterBar, filterBarManifest, {
      data: { kind: 'table', dataSource: 'ds', table: 'tracks' },
    });
    fireEvent.click(screen.getByText('Add condition'));
    enter('Value', 'song');
    await waitFor(() =>
      expect(result.exposed['value']).toEqual({ and: [{ column: 'name', operator: 'contains', value: 'song' }] }),
    );
  });
});

describe('inputs inside a form', () => {
  function input(
    Component: unknown,
    manifest: unknown,
    name: string,
    settings: Readonly<Record<string, unknown>>,
  ): { host: TestHost; element: React.ReactElement } {
    const Input = Component as ComponentType<ComponentProps>;
    const host = createTestHost({ ...music(), name });
    const element = (
      <ComponentHostProvider value={host.host}>
        <Input settings={testSettings(manifest as ComponentManifest, settings)} />
      </ComponentHostProvider>
    );
    return { host, element };
  }

  it('belong to it: their values, their rules, their errors', async () => {
    const name = input(TextInput, textInputManifest, 'nameInput', { label: 'Name', field: 'name', required: true });
    const agree = input(CheckboxInput, checkboxInputManifest, 'agree', { label: 'I agree', required: true });
    const form = createTestHost({
      slots: { body: [<div key="1">{name.element}</div>, <div key="2">{agree.element}</div>] },
    });
    const settings = testSettings(formManifest as unknown as ComponentManifest);
    const FormComponent = Form as unknown as ComponentType<ComponentProps>;
    render(
      <MantineProvider env="test">
        <ComponentHostProvider value={form.host}>
          <FormComponent settings={settings} />
        </ComponentHostProvider>
      </MantineProvider>,
    );
    await settle();
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await settle();
    expect(screen.getByText('2 fields need attention')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText(/^Name/));
    fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: 'Ada' } });
    fireEvent.click(screen.getByLabelText(/I agree/));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await settle();
    expect(form.emitted.at(-1)).toEqual({ name: 'saved', payload: { row: { name: 'Ada', agree: true } } });
    expect(name.host.exposed['value']).toBe('');
  });
});
