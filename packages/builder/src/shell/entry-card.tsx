import type { ReactNode } from 'react';
import { Box, Paper, Stack, Text, Title } from '@mantine/core';
import { BrandMark } from './brand-mark.tsx';
import styles from './entry-card.module.css';

/** The frame of the pages before the builder: set-up and sign-in. */
export function EntryCard({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Box component="main" className={styles['page']}>
      <Stack gap="lg" className={styles['column']}>
        <BrandMark />
        <Paper withBorder p="xl" radius="md" className={styles['card']}>
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              <Text size="sm" c="dimmed" mt={4}>
                {lead}
              </Text>
            </div>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Box>
  );
}
