import { useMediaQuery } from '@mantine/hooks';

/** True on screens narrower than 640 px, where dialogs become sheets. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 639.98px)', false, { getInitialValueInEffect: false });
}
