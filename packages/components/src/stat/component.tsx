import { Paper, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconMinus, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import type { Static } from 'typebox';
import { useMeasure } from '../chart/use-measure.ts';
import { formatNumber, formatValue } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { LoadError } from '../states/data-states.tsx';
import { numberOf, textOf } from '../text-of.ts';
import { toneTextColor } from '../tone-color.ts';
import type { statManifest } from './manifest.ts';
import styles from './stat.module.css';

type Settings = Static<typeof statManifest.settings>;

/** Implementation of `core/stat`. */
export function Stat({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const click = useEvent('click');
  const measured = useMeasure(settings.data, { function: settings.measure, column: settings.measureColumn });
  const given = settings.data === undefined ? settings.value : measured.value;
  useExposed({ value: given });
  useMethod('refresh', () => measured.refresh());
  const number = numberOf(given);
  const value =
    number === undefined
      ? formatValue(given, host)
      : formatNumber(number, {
          locale: host.locale,
          style: settings.format,
          currency: settings.currency,
          decimals: settings.decimals,
        });
  const trend = numberOf(settings.trend);
  const help = textOf(settings.help);
  const content = (
    <Paper className={styles.stat} withBorder={settings.bordered} p={settings.bordered ? 16 : 0} radius="md">
      <div className={styles.head}>
        <Text size="sm" c="dimmed" className={styles.label}>
          {textOf(settings.label)}
        </Text>
        {settings.icon !== undefined && settings.icon !== '' && (
          <span className={styles.icon}>
            <AppIcon name={settings.icon} size={18} />
          </span>
        )}
      </div>
      {measured.isLoading ? (
        <Skeleton className={styles.loading} height={28} width={64} role="status" aria-label="Loading" />
      ) : measured.error !== undefined ? (
        <LoadError error={measured.error} onRetry={measured.refresh} />
      ) : (
        <Text className={styles.value} {...(settings.tone === 'default' ? {} : { c: toneTextColor(settings.tone) })}>
          {value === '' ? '–' : value}
        </Text>
      )}
      {(trend !== undefined || help !== '') && (
        <div className={styles.foot}>
          {trend !== undefined && <Trend trend={trend} good={settings.goodDirection} locale={host.locale} />}
          {help !== '' && (
            <Text size="xs" c="dimmed">
              {help}
            </Text>
          )}
        </div>
      )}
    </Paper>
  );
  if (!click.isActive) return content;
  return (
    <UnstyledButton className={styles.button} onClick={() => void click.run()}>
      {content}
    </UnstyledButton>
  );
}

function Trend({ trend, good, locale }: { trend: number; good: Settings['goodDirection']; locale: string }) {
  const isUp = trend > 0;
  const isBetter = good === 'neither' || trend === 0 ? undefined : isUp === (good === 'up');
  const tone = isBetter === undefined ? 'neutral' : isBetter ? 'success' : 'danger';
  const TrendIcon = trend === 0 ? IconMinus : isUp ? IconTrendingUp : IconTrendingDown;
  const text = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(trend / 100);
  return (
    <span className={styles.trend} style={{ color: toneTextColor(tone) }}>
      <TrendIcon size={14} aria-hidden />
      {text}
    </span>
  );
}
