import { Button, Paper, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconMinus, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { Static } from 'typebox';
import { formatNumber, formatValue } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { numberOf, textOf } from '../text-of.ts';
import { toneTextColor } from '../tone-color.ts';
import type { statManifest } from './manifest.ts';
import styles from './stat.module.css';
import { useFigure } from './use-figure.ts';

type Settings = Static<typeof statManifest.settings>;

/** Implementation of `core/stat`. */
export function Stat({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const click = useEvent('click');
  const figure = useFigure(settings);
  useExposed({ value: figure.value, isLoading: figure.isLoading });
  useMethod('refresh', () => figure.refresh());
  const value = useText(figure.value, settings);
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
      {figure.isLoading ? (
        <Skeleton className={styles.loading} role="status" aria-busy="true" aria-label="Loading" />
      ) : (
        <div className={styles.figure}>
          <Text
            className={styles.value}
            style={{ '--fettle-length': Math.max(1, value.length) } as CSSProperties}
            {...(settings.tone === 'default' ? {} : { c: toneTextColor(settings.tone) })}
          >
            {value === '' ? '–' : value}
          </Text>
        </div>
      )}
      {figure.error !== undefined && <FigureError error={figure.error} onRetry={figure.refresh} />}
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
  if (!click.isActive || figure.error !== undefined) return content;
  return (
    <UnstyledButton className={styles.button} onClick={() => void click.run()}>
      {content}
    </UnstyledButton>
  );
}

function useText(value: unknown, settings: Settings): string {
  const host = useHost();
  const number = numberOf(value);
  if (number === undefined) return formatValue(value, host);
  const { format, currency, decimals } = settings;
  return formatNumber(number, { locale: host.locale, style: format, currency, decimals });
}

function FigureError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className={styles.foot} role="alert">
      <Text size="xs" c={toneTextColor('danger')}>
        {error.message}
      </Text>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        Retry
      </Button>
    </div>
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
