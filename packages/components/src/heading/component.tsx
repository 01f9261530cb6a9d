import { Text, Title } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { textOf } from '../text-of.ts';
import type { headingManifest } from './manifest.ts';

const sizes = { '1': 28, '2': 20, '3': 16, '4': 14 } as const;

/** Implementation of `core/heading`. */
export function Heading({ settings }: ComponentProps<Static<typeof headingManifest.settings>>) {
  const description = textOf(settings.description);
  return (
    <div style={{ textAlign: settings.align, overflowWrap: 'anywhere' }}>
      <Title order={Number(settings.level) as 1 | 2 | 3 | 4} fz={sizes[settings.level]} fw={600} lh={1.3}>
        {textOf(settings.text)}
      </Title>
      {description !== '' && (
        <Text size="sm" c="dimmed" mt={2}>
          {description}
        </Text>
      )}
    </div>
  );
}
