import { useState } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { PauseDialog } from './pause-dialog.tsx';

/** Pauses the open flow, after asking how. */
export function PauseButton({ flow }: { readonly flow: Flow }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Tooltip label="Pause the flow" openDelay={300}>
        <ActionIcon size={30} variant="subtle" color="gray" aria-label="Pause the flow" onClick={() => setIsOpen(true)}>
          <IconPlayerPause size={16} />
        </ActionIcon>
      </Tooltip>
      <PauseDialog flow={flow} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}
