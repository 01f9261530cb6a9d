import { Divider as MantineDivider } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { textOf } from '../text-of.ts';
import type { dividerManifest } from './manifest.ts';

const positions = { start: 'left', center: 'center', end: 'right' } as const;

/** Implementation of `core/divider`. */
export function Divider({ settings }: ComponentProps<Static<typeof dividerManifest.settings>>) {
  const label = textOf(settings.label);
  const isVertical = settings.orientation === 'vertical';
  return (
    <MantineDivider
      {...(label === '' || isVertical ? {} : { label, labelPosition: positions[settings.labelPosition] })}
      orientation={settings.orientation}
      variant={settings.line}
      {...(isVertical ? { h: '100%', mih: 24 } : { my: 4 })}
    />
  );
}
