import { Stack, Text } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { AppChange } from '@fettle/contract';
import styles from './change-list.module.css';

const marks = {
  added: { Icon: IconPlus, label: 'Added', color: 'var(--fettle-success-text)' },
  removed: { Icon: IconMinus, label: 'Removed', color: 'var(--fettle-danger-text)' },
  changed: { Icon: IconPencil, label: 'Changed', color: 'var(--fettle-info-text)' },
} as const;

/** Differences between two versions of an app, in words. */
export function ChangeList({
  changes,
  emptyText,
}: {
  readonly changes: readonly AppChange[];
  readonly emptyText: string;
}) {
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {emptyText}
      </Text>
    );
  }
  return (
    <ul className={styles['list']} aria-label="Changes">
      {changes.map((change, index) => {
        const { Icon, label, color } = marks[change.kind];
        return (
          <li key={index} className={styles['row']}>
            <Icon size={14} color={color} aria-label={label} />
            <Stack gap={0}>
              <Text size="sm">
                {label} {change.subject} <b>{change.name}</b>
                {change.screen !== undefined && ` on ${change.screen}`}
              </Text>
              {change.details.map((detail, at) => (
                <Text key={at} size="xs" c="dimmed">
                  {detail}
                </Text>
              ))}
            </Stack>
          </li>
        );
      })}
    </ul>
  );
}
