import { useState } from 'react';
import { Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { nameFromLabel } from '@fettle/base';
import { useExtensions } from '../../../extensions.ts';
import { useApp, useDesign, useDispatch } from '../../design-context.ts';
import { TriggerChoice } from '../palette/trigger-choice.tsx';
import { newFlow } from './copy-flow.ts';
import styles from './new-flow-dialog.module.css';

/** A new flow: what it is called, and what starts it. */
export function NewFlowDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New flow" size={560}>
      <NewFlowForm onClose={onClose} />
    </Modal>
  );
}

function NewFlowForm({ onClose }: { readonly onClose: () => void }) {
  const { view } = useDesign();
  const { flows: manifests } = useExtensions();
  const dispatch = useDispatch();
  const flows = useApp((app) => app.flows);
  const [label, setLabel] = useState('');
  const [trigger, setTrigger] = useState(manifests.triggers[0]?.id ?? '');
  const add = (): void => {
    const flow = newFlow(Object.values(flows), trigger, nameFromLabel(label, 'flow'));
    if (!dispatch({ type: 'flow.add', flow })) return;
    view.openFlow(flow.id);
    view.selectSteps(['trigger']);
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Access request"
          data-autofocus
          autoComplete="off"
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            What starts it?
          </Text>
          <div className={styles['choices']} role="radiogroup" aria-label="What starts it?">
            {manifests.triggers.map((manifest) => (
              <UnstyledButton
                key={manifest.id}
                role="radio"
                aria-checked={trigger === manifest.id}
                className={styles['choice'] ?? ''}
                onClick={() => setTrigger(manifest.id)}
                onDoubleClick={add}
              >
                <TriggerChoice manifest={manifest} />
              </UnstyledButton>
            ))}
          </div>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={trigger === ''}>
            Add flow
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
