import { ActionIcon, Kbd, Popover, Table, Text, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconKeyboard, IconMinus, IconPlus } from '@tabler/icons-react';
import { MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react';
import type { Flow } from '@fettle/definition';
import type { CardNode } from './flow-nodes.ts';
import styles from './flow-canvas.module.css';

/** Fewer steps than this are seen at a glance. */
const minimapFrom = 12;

/** Zoom, fit, keys, and the map of large flows. */
export function CanvasTools({ flow }: { readonly flow: Flow }) {
  const instance = useReactFlow();
  const zoom = useStore((state) => state.transform[2]);
  const count = useStore((state) => state.nodes.length);
  return (
    <>
      <Panel position="bottom-left" className={styles['tools'] ?? ''}>
        <Tool label="Zoom out" onClick={() => void instance.zoomOut({ duration: 120 })}>
          <IconMinus size={14} />
        </Tool>
        <Tooltip label="Zoom to 100 % (0)" openDelay={300}>
          <button
            type="button"
            className={styles['zoom']}
            aria-label={`Zoom to 100 %, now ${Math.round(zoom * 100)} %`}
            onClick={() => void instance.zoomTo(1, { duration: 120 })}
          >
            {Math.round(zoom * 100)} %
          </button>
        </Tooltip>
        <Tool label="Zoom in" onClick={() => void instance.zoomIn({ duration: 120 })}>
          <IconPlus size={14} />
        </Tool>
        <Tool
          label="Show the whole flow (1)"
          onClick={() => void instance.fitView({ padding: 0.1, maxZoom: 1, duration: 150 })}
        >
          <IconFocusCentered size={14} />
        </Tool>
        <KeyHelp />
      </Panel>
      {count >= minimapFrom && (
        <MiniMap<CardNode>
          pannable
          zoomable
          ariaLabel={`Map of ${flow.name}`}
          position="bottom-right"
          className={styles['minimap'] ?? ''}
          style={{ width: 150, height: 110 }}
          nodeBorderRadius={20}
          nodeColor={(node) =>
            node.data.card.step === undefined ? 'var(--fettle-accent-filled)' : 'var(--fettle-neutral-6)'
          }
          maskColor="color-mix(in srgb, var(--fettle-surface-sunken) 70%, transparent)"
          bgColor="var(--fettle-surface-raised)"
        />
      )}
    </>
  );
}

function Tool(props: { readonly label: string; readonly onClick: () => void; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={props.label} openDelay={300}>
      <ActionIcon variant="subtle" color="gray" aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

const keys: readonly (readonly [string, string])[] = [
  ['↑ ↓ ← →', 'Walk along the steps'],
  ['A  or  +', 'Add a step behind (Shift A: in front)'],
  ['Enter', 'Open the settings'],
  ['Alt ↑ ↓', 'Move the step, also into ways and out of them'],
  ['Shift ↑ ↓', 'Select several'],
  ['Ctrl C X V D', 'Copy, cut, paste, duplicate'],
  ['D', 'Disable or enable'],
  ['Space', 'Fold or unfold'],
  ['Esc', 'To the step around'],
  ['Del', 'Delete'],
  ['Ctrl Z', 'Undo'],
  ['0  and  1', 'Zoom to 100 %, show all'],
];

function KeyHelp() {
  return (
    <Popover position="top-start" width={340}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Keys">
          <IconKeyboard size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Table withRowBorders={false} verticalSpacing={2} fz={12}>
          <Table.Tbody>
            {keys.map(([key, meaning]) => (
              <Table.Tr key={key}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <Kbd size="xs">{key}</Kbd>
                </Table.Td>
                <Table.Td>
                  <Text size="xs">{meaning}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  );
}
