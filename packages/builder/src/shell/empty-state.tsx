import type { ReactNode } from 'react';
import { Stack, Text, ThemeIcon, Title } from '@mantine/core';

/** Nothing is here yet: what this is for, and the next act. */
export function EmptyState(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon variant="light" color="gray" size={40} radius="md">
        {props.icon}
      </ThemeIcon>
      <Title order={2} size="h5" mt={4}>
        {props.title}
      </Title>
      <Text size="sm" c="dimmed" maw={420}>
        {props.text}
      </Text>
      {props.children !== undefined && (
        <Stack align="center" gap="xs" mt="sm">
          {props.children}
        </Stack>
      )}
    </Stack>
  );
}
