import { Group, Progress as MantineProgress, RingProgress, Skeleton, Text, useMantineTheme } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useExposed, useMethod } from '../host-hooks.ts';
import { useFigure } from '../stat/use-figure.ts';
import { LoadError } from '../states/data-states.tsx';
import { numberOf, textOf } from '../text-of.ts';
import { toneColor } from '../tone-color.ts';
import type { progressManifest } from './manifest.ts';

/** Implementation of `core/progress`. */
export function Progress({ settings }: ComponentProps<Static<typeof progressManifest.settings>>) {
  const host = useHost();
  const theme = useMantineTheme();
  const done = useFigure({ source: 'data', function: 'count', data: settings.data });
  const all = useFigure({ source: 'data', function: 'count', data: settings.ofData });
  const value = settings.data === undefined ? (numberOf(settings.value) ?? 0) : (numberOf(done.value) ?? 0);
  const maximum = settings.ofData === undefined ? (numberOf(settings.maximum) ?? 100) : (numberOf(all.value) ?? 0);
  const refresh = (): void => [done, all].forEach((measured) => measured.refresh());
  useExposed({ value, maximum });
  useMethod('refresh', refresh);
  const share = maximum > 0 ? value / maximum : 0;
  const percent = Math.min(100, Math.max(0, share * 100));
  const shown = new Intl.NumberFormat(host.locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    percent / 100,
  );
  const label = textOf(settings.label);
  const name = label === '' ? 'Progress' : label;
  const color = toneColor(settings.tone);
  const counts = settings.showCounts
    ? `${formatCount(value, host.locale)} of ${formatCount(maximum, host.locale)}`
    : '';

  const error = done.error ?? all.error;
  if (error !== undefined) return <LoadError error={error} onRetry={refresh} />;
  if (done.isLoading || all.isLoading)
    return <Skeleton height={24} radius="sm" role="status" aria-label={`${name}: loading`} />;

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
        <div>
          {label !== '' && <Text size="sm">{label}</Text>}
          {counts !== '' && (
            <Text size="xs" c="dimmed">
              {counts}
            </Text>
          )}
        </div>
      </Group>
    );
  }
  return (
    <div>
      {(label !== '' || counts !== '' || settings.showValue) && (
        <Group justify="space-between" gap={8} mb={4}>
          <Text size="sm">{label}</Text>
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {[counts, settings.showValue ? shown : ''].filter((part) => part !== '').join(' · ')}
          </Text>
        </Group>
      )}
      <MantineProgress value={percent} {...color} aria-label={name} />
    </div>
  );
}

function formatCount(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}
