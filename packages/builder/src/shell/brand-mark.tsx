import { Group, Text } from '@mantine/core';

/** The product's mark and name. */
export function BrandMark({ isCompact = false }: { readonly isCompact?: boolean }) {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <rect x="1" y="1" width="20" height="20" rx="5" fill="var(--fettle-accent-filled)" />
        <path d="M6.5 6h9v2.6H9.3v2.3h4.9v2.5H9.3V17H6.5z" fill="var(--fettle-accent-contrast)" />
      </svg>
      {!isCompact && (
        <Text fw={600} size="md">
          Fettle
        </Text>
      )}
    </Group>
  );
}
