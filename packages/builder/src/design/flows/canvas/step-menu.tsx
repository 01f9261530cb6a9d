import { Menu, Portal, Text } from '@mantine/core';
import {
  IconChevronsDownLeft,
  IconClipboard,
  IconCopy,
  IconLifebuoy,
  IconPlayerPause,
  IconPlayerPlay,
  IconScissors,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { useStore } from 'zustand';
import { useView } from '../../design-context.ts';
import { outermost, placedSteps } from '../edit/step-tree.ts';
import { useStepEdits } from '../edit/use-step-edits.ts';
import { flowSurface, flowView, toggleFold } from '../flow-surface.ts';
import { isContainer } from '../kinds/step-kinds.ts';

const close = (): void => {
  flowView.setState({ menu: undefined });
  flowSurface.current?.element()?.focus();
};

/** The menu of a card, where it was asked for. */
export function StepMenu({ flow }: { readonly flow: Flow }) {
  const menu = useStore(flowView, (state) => state.menu);
  if (menu === undefined) return null;
  return (
    <Menu opened onClose={close} position="bottom-start" width={230} offset={0} withinPortal>
      <Menu.Target>
        <Anchor x={menu.x} y={menu.y} />
      </Menu.Target>
      <Menu.Dropdown>
        <StepMenuItems flow={flow} step={menu.step} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Anchor({ x, y, ref }: { readonly x: number; readonly y: number; readonly ref?: React.Ref<HTMLDivElement> }) {
  return (
    <Portal>
      <div ref={ref} style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} />
    </Portal>
  );
}

/** What can be done with the selected steps. */
export function StepMenuItems({ flow, step: id }: { readonly flow: Flow; readonly step: string }) {
  const edits = useStepEdits();
  const selected = useView((state) => state.steps);
  const step = placedSteps(flow).get(id)?.step;
  const isOff = outermost(flow, selected).every((placed) => placed.step.disabled === true);
  const isFolded = useStore(flowView, (state) => state.folded.has(id));
  return (
    <>
      <Menu.Item leftSection={<IconStack2 size={14} />} rightSection={<Keys keys="Ctrl D" />} onClick={edits.duplicate}>
        Duplicate
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={14} />}
        rightSection={<Keys keys="Ctrl C" />}
        onClick={() => void edits.copy()}
      >
        Copy
      </Menu.Item>
      <Menu.Item
        leftSection={<IconScissors size={14} />}
        rightSection={<Keys keys="Ctrl X" />}
        onClick={() => void edits.cut()}
      >
        Cut
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboard size={14} />}
        rightSection={<Keys keys="Ctrl V" />}
        onClick={() => void edits.paste()}
      >
        Paste behind
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={isOff ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        rightSection={<Keys keys="D" />}
        onClick={edits.toggleDisabled}
      >
        {isOff ? 'Enable' : 'Disable'}
      </Menu.Item>
      <Menu.Item leftSection={<IconLifebuoy size={14} />} onClick={edits.wrapInTry}>
        Catch its failures
      </Menu.Item>
      {step !== undefined && isContainer(step) && (
        <Menu.Item
          leftSection={<IconChevronsDownLeft size={14} />}
          rightSection={<Keys keys="Space" />}
          onClick={() => toggleFold(id)}
        >
          {isFolded ? 'Unfold' : 'Fold'}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={14} />}
        rightSection={<Keys keys="Del" />}
        onClick={edits.remove}
      >
        Delete
      </Menu.Item>
    </>
  );
}

function Keys({ keys }: { readonly keys: string }) {
  return (
    <Text size="xs" c="dimmed">
      {keys}
    </Text>
  );
}
