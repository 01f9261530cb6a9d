import { UnstyledButton } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { textOf } from '../text-of.ts';
import { toneTextColor } from '../tone-color.ts';
import type { iconManifest } from './manifest.ts';

/** Implementation of `core/icon`. */
export function Icon({ settings }: ComponentProps<Static<typeof iconManifest.settings>>) {
  const click = useEvent('click');
  const label = textOf(settings.label);
  const style = { color: toneTextColor(settings.tone), display: 'inline-flex' };
  if (click.isActive) {
    return (
      <UnstyledButton style={style} aria-label={label || settings.icon} onClick={() => void click.run()}>
        <AppIcon name={settings.icon} size={settings.size} />
      </UnstyledButton>
    );
  }
  return (
    <span style={style}>
      <AppIcon name={settings.icon} size={settings.size} label={label === '' ? undefined : label} />
    </span>
  );
}
