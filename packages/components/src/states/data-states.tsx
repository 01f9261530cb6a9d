import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { AppError } from '@fettle/base';
import { IconAlertCircle, IconRefresh } from '@tabler/icons-react';
import { AppIcon } from '../icons/app-icon.tsx';
import styles from './data-states.module.css';

/** On the canvas: a required setting is missing, and this is the next step. */
export function Placeholder({ icon, hint }: { icon: string; hint: string }) {
  return (
    <div className={styles.placeholder}>
      <AppIcon name={icon} size={18} />
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </div>
  );
}

/** There is nothing to show, and that is fine. */
export function EmptyState({ text, icon = 'inbox' }: { text: string; icon?: string }) {
  return (
    <div className={styles.empty}>
      <AppIcon name={icon} size={20} />
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </div>
  );
}

/** Something went wrong here: what, what to do, and a way to try again. The rest of the screen goes on. */
export function LoadError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const hint = error instanceof AppError ? error.hint : undefined;
  return (
    <div className={styles.error} role="alert">
      <IconAlertCircle size={18} className={styles.errorIcon} aria-hidden />
      <div className={styles.errorText}>
        <Text size="sm">{error.message}</Text>
        {hint !== undefined && (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      <Button size="compact-sm" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}

/** Grey lines in the shape of what is on its way. */
export function LoadingLines({ count, height = 16 }: { count: number; height?: number }) {
  return (
    <Stack gap={12} aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" width={index === count - 1 && count > 1 ? '60%' : '100%'} />
      ))}
    </Stack>
  );
}
