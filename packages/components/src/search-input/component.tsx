import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useExposed, useMethod } from '../host-hooks.ts';
import type { searchInputManifest } from './manifest.ts';

type Settings = Static<typeof searchInputManifest.settings>;

/** Implementation of `core/search-input`. */
export function SearchInput({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(settings.defaultValue);
  const [waited] = useDebouncedValue(text, settings.delay);
  // Emptying the box shows everything again at once.
  const value = text === '' ? '' : waited;
  const told = useRef(settings.defaultValue);
  useExposed({ value });
  useEffect(() => {
    if (told.current === value) return;
    told.current = value;
    if (host.mode === 'run') void host.emit('change', { value });
  }, [value]);
  useMethod('setValue', (given) => setText(String(given?.['value'] ?? '')));
  useMethod('clear', () => setText(''));
  useMethod('focus', () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      type="search"
      {...(settings.label === ''
        ? { 'aria-label': settings.placeholder === '' ? 'Search' : settings.placeholder }
        : { label: settings.label })}
      placeholder={settings.placeholder}
      disabled={settings.disabled}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText('');
      }}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label="Clear search" onClick={() => setText('')} />
      }
      styles={{ input: { WebkitAppearance: 'none' } }}
    />
  );
}
