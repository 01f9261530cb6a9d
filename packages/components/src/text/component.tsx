import { Text as MantineText } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { textOf } from '../text-of.ts';
import { toneTextColor } from '../tone-color.ts';
import type { textManifest } from './manifest.ts';

const sizes = { small: 'xs', normal: 'sm', large: 'md' } as const;
const weights = { normal: 400, medium: 500, bold: 600 } as const;

/** Implementation of `core/text`. */
export function Text({ settings }: ComponentProps<Static<typeof textManifest.settings>>) {
  return (
    <MantineText
      size={sizes[settings.size]}
      fw={weights[settings.weight]}
      ta={settings.align}
      {...(settings.tone === 'default' ? {} : { c: toneTextColor(settings.tone) })}
      {...(settings.lines === undefined ? {} : { lineClamp: settings.lines })}
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {textOf(settings.text)}
    </MantineText>
  );
}
