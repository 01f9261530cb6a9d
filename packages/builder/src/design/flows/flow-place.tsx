import { Badge, Group, Text } from '@mantine/core';
import { IconRoute2 } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { useCurrentFlow, useDesign } from '../design-context.ts';
import { LazyRunButtons } from './lazy-editor.tsx';

/** Which flow is open, in the middle of the bar; a press shows its own settings. */
export function FlowPlace() {
  const { view } = useDesign();
  const flow = useCurrentFlow();
  if (flow === undefined) return null;
  return (
    <Group gap="md" wrap="nowrap">
      <Group gap={8} wrap="nowrap" component="button" onClick={() => view.selectSteps([])} style={plain}>
        <IconRoute2 size={16} color="var(--fettle-text-dimmed)" />
        <Text size="sm" fw={600} truncate maw={320}>
          {labelFromName(flow.name)}
        </Text>
        {flow.disabled === true && (
          <Badge size="xs" variant="light" color="gray">
            Off
          </Badge>
        )}
      </Group>
      <LazyRunButtons flow={flow} />
    </Group>
  );
}

const plain = { padding: 4, border: 0, background: 'none', color: 'inherit', cursor: 'pointer' } as const;
