import { Stack } from '@mantine/core';

/** Settings of what is selected. */
export function Inspector() {
  return <Stack p="sm" />;
}
