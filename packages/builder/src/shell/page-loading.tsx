import { Center, Loader } from '@mantine/core';

/** The whole page is on its way. */
export function PageLoading() {
  return (
    <Center mih="60vh" role="status" aria-label="Loading">
      <Loader size="sm" color="gray" />
    </Center>
  );
}
