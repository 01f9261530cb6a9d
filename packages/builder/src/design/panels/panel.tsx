import type { ReactNode } from 'react';
import { Group, Stack, Text, Title } from '@mantine/core';

/** A left panel: its title with actions, then its content. */
export function Panel({
  title,
  actions,
  isFilling = false,
  children,
}: {
  readonly title: string;
  /** The content shares the height there is, instead of scrolling as a whole. */
  readonly isFilling?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Stack gap="md" p="sm" {...(isFilling ? { h: '100%' } : {})}>
      <Group justify="space-between" wrap="nowrap" mih={28}>
        <Title order={2} size="sm" fw={600}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}

/** A part of a panel under a small heading. */
export function PanelSection({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <Stack gap={8} component="section" aria-label={title}>
      <div>
        <Text size="xs" fw={600} c="dimmed">
          {title}
        </Text>
        {hint !== undefined && (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
