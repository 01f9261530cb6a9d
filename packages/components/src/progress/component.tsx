import { Group, Progress as MantineProgress, RingProgress, Text, useMantineTheme } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { numberOf, textOf } from '../text-of.ts';
import { toneColor } from '../tone-color.ts';
import type { progressManifest } from './manifest.ts';

/** Implementation of `core/progress`. */
export function Progress({ settings }: ComponentProps<Static<typeof progressManifest.settings>>) {
  const host = useHost();
  const theme = useMantineTheme();
  const maximum = numberOf(settings.maximum) ?? 100;
  const share = maximum > 0 ? (numberOf(settings.value) ?? 0) / maximum : 0;
  const percent = Math.min(100, Math.max(0, share * 100));
  const shown = new Intl.NumberFormat(host.locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    percent / 100,
  );
  const label = textOf(settings.label);
  const name = label === '' ? 'Progress' : label;
  const color = toneColor(settings.tone);

  if (settings.shape === 'ring') {
    const ring = [{ value: percent, color: color.color ?? theme.primaryColor }];
    return (
      <Group gap={12} wrap="nowrap" role="img" aria-label={`${name}: ${shown}`}>
        <RingProgress
          size={72}
          thickness={7}
          roundCaps
          sections={ring}
          {...(settings.showValue
            ? {
                label: (
                  <Text size="xs" ta="center" fw={500}>
                    {shown}
                  </Text>
                ),
              }
            : {})}
        />
        {label !== '' && <Text size="sm">{label}</Text>}
      </Group>
    );
  }
  return (
    <div>
      {(label !== '' || settings.showValue) && (
        <Group justify="space-between" gap={8} mb={4}>
          <Text size="sm">{label}</Text>
          {settings.showValue && (
            <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {shown}
            </Text>
          )}
        </Group>
      )}
      <MantineProgress value={percent} {...color} aria-label={name} />
    </div>
  );
}
