import { useState } from 'react';
import { ActionIcon, Badge, Button, Group, Menu, Tabs, Text } from '@mantine/core';
import { IconCopy, IconDots, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import type { Flow, FlowTest } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { useApp, useDesign, useDispatch } from '../../design-context.ts';
import { NameField } from '../../inspector/name-field.tsx';
import { ExpectForm } from './expect-form.tsx';
import { GivenForm } from './given-form.tsx';
import { MockList } from './mock-list.tsx';
import { copyTest } from './new-test.ts';
import { TestOutcome } from './test-outcome.tsx';
import { stateOfTest, useTestResults } from './test-results.ts';
import { TestMark } from './test-mark.tsx';
import type { useRunTests } from './use-run-tests.ts';

type Part = 'given' | 'mocks' | 'expect' | 'result';
type Changes = Extract<Command, { readonly type: 'flowTest.update' }>['changes'];

// The part that was open stays open from one test to the next.
let lastPart: Part = 'result';

/** One test: what it begins with, what its steps give, what it expects, and what came of it. */
export function TestDetails(props: {
  readonly flow: Flow;
  readonly test: FlowTest;
  readonly running: ReturnType<typeof useRunTests>;
}) {
  const { flow, test, running } = props;
  const dispatch = useDispatch();
  const { session, view } = useDesign();
  const [part, setPart] = useState<Part>(lastPart);
  const known = useTestResults(({ results }) => results[test.id]);
  const flows = useApp((app) => app.flows);
  const state = stateOfTest(test, flows, known);
  const isTaken = (name: string): boolean =>
    Object.values(session.store.getState().app.flowTests).some(
      (other) => other.id !== test.id && other.name.toLowerCase() === name.toLowerCase(),
    );
  const open = (next: string | null): void => {
    lastPart = (next ?? 'result') as Part;
    setPart(lastPart);
  };
  const update = (changes: Readonly<Record<string, unknown>>, mergeKey?: string): void => {
    dispatch(
      { type: 'flowTest.update', test: test.id, changes: changes as Changes },
      mergeKey === undefined ? {} : { mergeKey },
    );
  };
  const run = (): void => {
    running.mutate(test.id);
    open('result');
  };
  const duplicate = (): void => {
    const copy = copyTest(session.store.getState().app, test);
    if (dispatch({ type: 'flowTest.add', test: copy })) view.openTests(copy.id);
  };
  return (
    <>
      <Group gap={8} wrap="nowrap" mb={6}>
        <TestMark state={state} />
        <div style={{ flex: 1, maxWidth: 320 }}>
          <NameField
            label="Name of the test"
            name={test.name}
            isTaken={isTaken}
            onRename={(name) => dispatch({ type: 'flowTest.rename', test: test.id, name })}
          />
        </div>
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={14} />}
          loading={running.isPending}
          style={{ flex: 'none' }}
          onClick={run}
        >
          Run
        </Button>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label="More for this test">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={14} />} onClick={duplicate}>
              Duplicate
            </Menu.Item>
            {/* It can be undone, so it is not asked about. */}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={14} />}
              onClick={() => dispatch({ type: 'flowTest.remove', test: test.id })}
            >
              Delete test
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {test.description !== undefined && (
        <Text size="xs" c="dimmed" mb={6}>
          {test.description}
        </Text>
      )}
      <Tabs value={part} onChange={open} keepMounted={false}>
        <Tabs.List aria-label="Parts of the test" mb="sm">
          <Tabs.Tab value="result">Result</Tabs.Tab>
          <Tabs.Tab value="given">Given</Tabs.Tab>
          <Tabs.Tab
            value="mocks"
            rightSection={test.mocks === undefined ? undefined : <Badge size="xs">{test.mocks.length}</Badge>}
          >
            Mocks
          </Tabs.Tab>
          <Tabs.Tab value="expect">Expected</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="result">
          <TestOutcome flow={flow} outcome={known?.outcome} state={state} isRunning={running.isPending} onRun={run} />
        </Tabs.Panel>
        <Tabs.Panel value="given" maw={640}>
          <GivenForm test={test} onChange={update} />
        </Tabs.Panel>
        <Tabs.Panel value="mocks" maw={760}>
          <MockList test={test} onChange={(mocks, mergeKey) => update({ mocks }, mergeKey)} />
        </Tabs.Panel>
        <Tabs.Panel value="expect" maw={760}>
          <ExpectForm flow={flow} test={test} onChange={(expect, mergeKey) => update({ expect }, mergeKey)} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
