import { Alert } from '@mantine/core';
import { useDesign, useDraft } from '../design-context.ts';

/** Names edits that could not be kept. Stays until it was read. */
export function LostEdits() {
  const { session } = useDesign();
  const lost = useDraft((state) => state.lost);
  if (lost === undefined) return null;
  return (
    <Alert color="yellow" title="An edit was taken back" withCloseButton onClose={() => session.dismissLost()} m="xs">
      {lost}
    </Alert>
  );
}
