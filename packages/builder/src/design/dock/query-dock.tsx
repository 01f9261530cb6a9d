import { Stack } from '@mantine/core';

/** The workbench for queries below the canvas. */
export function QueryDock() {
  return <Stack p="sm" />;
}
