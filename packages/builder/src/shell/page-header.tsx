import type { ReactNode } from 'react';
import { Group, Text, Title } from '@mantine/core';

/** Title of a page with its actions in one line. */
export function PageHeader({
  title,
  lead,
  actions,
}: {
  readonly title: ReactNode;
  readonly lead?: string;
  readonly actions?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-end" wrap="wrap" gap="sm">
      <div>
        <Title order={1} size="h3">
          {title}
        </Title>
        {lead !== undefined && (
          <Text size="sm" c="dimmed" mt={2}>
            {lead}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
