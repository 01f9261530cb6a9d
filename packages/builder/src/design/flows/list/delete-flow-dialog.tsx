import { useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import { labelFromName } from '@fettle/base';
import { usesOf, type Flow } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { useDesign, useDispatch } from '../../design-context.ts';
import { WhereUsed } from '../../dock/query-list.tsx';

/** Names what uses a flow before it goes. */
export function DeleteFlowDialog({ flow, onClose }: { readonly flow: Flow | undefined; readonly onClose: () => void }) {
  const { view, session } = useDesign();
  const { catalog } = useExtensions();
  const dispatch = useDispatch();
  // The words stay while the dialog fades out.
  const [shown, setShown] = useState(flow);
  if (flow !== undefined && flow !== shown) setShown(flow);
  const all = shown === undefined ? [] : usesOf(session.store.getState().app, catalog, { kind: 'flow', id: shown.id });
  // Its tests go with it.
  const uses = all.filter(({ from }) => from.flowTest === undefined);
  const tests = all.length - uses.length;
  const remove = (): void => {
    if (flow !== undefined && dispatch({ type: 'flow.remove', flow: flow.id }) && view.getState().flow === flow.id)
      view.openFlow(undefined);
    onClose();
  };
  return (
    <Modal opened={flow !== undefined} onClose={onClose} title={`Delete the flow ${labelFromName(shown?.name ?? '')}?`}>
      <WhereUsed uses={uses} />
      {tests > 0 && (
        <Text size="sm" mt="xs">
          {tests === 1 ? 'Its test goes with it.' : `Its ${tests} tests go with it.`}
        </Text>
      )}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" onClick={remove} data-autofocus>
          Delete flow
        </Button>
      </Group>
    </Modal>
  );
}
