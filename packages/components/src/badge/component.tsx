import { Badge as MantineBadge, UnstyledButton } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { textOf } from '../text-of.ts';
import { toneColor } from '../tone-color.ts';
import type { badgeManifest } from './manifest.ts';

const variants = { soft: 'light', filled: 'filled', outline: 'outline', dot: 'dot' } as const;
const sizes = { small: 'sm', medium: 'md', large: 'lg' } as const;

/** Implementation of `core/badge`. */
export function Badge({ settings }: ComponentProps<Static<typeof badgeManifest.settings>>) {
  const click = useEvent('click');
  const text = textOf(settings.text);
  // An empty value shows no empty pill.
  if (text === '') return null;
  const badge = (
    <MantineBadge
      variant={variants[settings.look]}
      size={sizes[settings.size]}
      radius="sm"
      tt="none"
      fw={500}
      maw="100%"
      {...toneColor(settings.tone)}
      leftSection={
        settings.icon === undefined || settings.icon === '' ? undefined : <AppIcon name={settings.icon} size={12} />
      }
    >
      {text}
    </MantineBadge>
  );
  if (!click.isActive) return badge;
  return <UnstyledButton onClick={() => void click.run()}>{badge}</UnstyledButton>;
}
