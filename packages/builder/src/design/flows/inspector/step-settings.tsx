import { useMemo, useRef, useState, type ReactNode } from 'react';
import { ActionIcon, Button, Group, Menu, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { IconDots, IconLifebuoy } from '@tabler/icons-react';
import { jsonEquals } from '@fettle/base';
import type { Flow, FlowStep } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { BindingScopeProvider } from '../../binding/binding-scope.ts';
import { useDispatch, useView } from '../../design-context.ts';
import { designEditors } from '../../editors/design-editors.ts';
import { RootForm } from '../../editors/design-form.tsx';
import { NameField } from '../../inspector/name-field.tsx';
import { useRevealedSetting } from '../../inspector/use-revealed-setting.ts';
import { StepIcon, toneOf } from '../canvas/step-card.tsx';
import { StepMenuItems } from '../canvas/step-menu.tsx';
import { useProblemsOf } from '../canvas/step-problems.ts';
import { changeLanes, laneKey, type LaneHead } from '../edit/lanes.ts';
import { placedSteps } from '../edit/step-tree.ts';
import { useStepEdits } from '../edit/use-step-edits.ts';
import { typeTitle } from '../kinds/summary.ts';
import { outputsOf } from '../runs/step-run.ts';
import { StepRunTab } from '../runs/step-run-tab.tsx';
import { useShownRun } from '../runs/use-runs.ts';
import { useFlowScope } from '../scope/use-flow-scope.ts';
import { changeResilience, readResilience, resilienceSchema } from './resilience.ts';
import { stepForms } from './step-forms.ts';
import cardStyles from '../canvas/step-card.module.css';
import styles from '../../inspector/inspector.module.css';

interface Props {
  readonly flow: Flow;
  readonly step: FlowStep;
}

type Tab = 'settings' | 'errors' | 'note' | 'run';

// The part that was open stays open from one step to the next.
let lastTab: Tab = 'settings';

/** Everything that can be set on one step. */
export function StepSettings({ flow, step }: Props) {
  const [chosen, setTab] = useState<Tab>(lastTab);
  const body = useRef<HTMLDivElement>(null);
  const focus = useView((state) => state.focus);
  useRevealedSetting(body, focus?.replace(/^for\//, ''), 'settings');
  const shown = useShownRun();
  const recorded = useMemo(
    () => (shown === undefined ? undefined : { trigger: shown.run.trigger, outputs: outputsOf(shown.entries) }),
    [shown],
  );
  const scope = useFlowScope(flow, step.id, {
    isAfterTurn: step.kind === 'while',
    ...(recorded === undefined ? {} : { recorded }),
  });
  const tab = chosen === 'run' && shown === undefined ? 'settings' : chosen;
  const open = (next: string | null): void => {
    lastTab = (next ?? 'settings') as Tab;
    setTab(lastTab);
  };
  return (
    <BindingScopeProvider value={scope}>
      <div className={styles['inspector']} data-flow-settings="">
        <div className={styles['top']}>
          <StepHeader flow={flow} step={step} />
          <Tabs value={tab} onChange={open}>
            <Tabs.List grow aria-label="Parts of the settings">
              <SmallTab value="settings">Settings</SmallTab>
              <SmallTab value="errors">
                Errors
                {(step.retry !== undefined || step.timeoutMs !== undefined) && (
                  <span className={styles['count']}>•</span>
                )}
              </SmallTab>
              <SmallTab value="note">
                Note
                {step.description !== undefined && <span className={styles['count']}>•</span>}
              </SmallTab>
              {shown !== undefined && <SmallTab value="run">Run</SmallTab>}
            </Tabs.List>
          </Tabs>
        </div>
        <div ref={body} className={styles['body']} data-flow-body="">
          {tab === 'settings' && <StepForm flow={flow} step={step} />}
          {tab === 'errors' && <ErrorsForm flow={flow} step={step} />}
          {tab === 'run' && <StepRunTab step={step.id} />}
          {tab === 'note' && <NoteForm flow={flow} step={step} />}
        </div>
      </div>
    </BindingScopeProvider>
  );
}

function SmallTab({ value, children }: { readonly value: Tab; readonly children: ReactNode }) {
  return (
    <Tabs.Tab value={value} px={6} py={6} fz={13}>
      {children}
    </Tabs.Tab>
  );
}

function StepHeader({ flow, step }: Props) {
  const { flows } = useExtensions();
  const dispatch = useDispatch();
  const action = step.kind === 'action' ? flows.actions.find(({ id }) => id === step.type) : undefined;
  const isTaken = (name: string): boolean =>
    [...placedSteps(flow).values()].some((other) => other.step.id !== step.id && other.step.name === name);
  return (
    <div className={styles['header']}>
      <Group gap={8} wrap="nowrap">
        <span className={cardStyles['tile']} data-category={toneOf(step)} style={{ width: 26, height: 26 }}>
          <StepIcon step={step} icon={action?.icon} size={16} />
        </span>
        <Text size="sm" fw={600} flex={1} truncate title={action?.description}>
          {typeTitle(step, action)}
        </Text>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label="More for this step">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <StepMenuItems flow={flow} step={step.id} />
          </Menu.Dropdown>
        </Menu>
      </Group>
      <NameField
        label="Name of the step"
        name={step.name}
        isTaken={isTaken}
        onRename={(name) => dispatch({ type: 'step.rename', flow: flow.id, step: step.id, name })}
      />
    </div>
  );
}

function StepForm({ flow, step }: Props) {
  const dispatch = useDispatch();
  const { flows } = useExtensions();
  const focus = useView((state) => state.focus);
  const problems = useProblemsOf(flow.id, step.id);
  const latest = useRef(step);
  latest.current = step;
  const form = step.kind === 'action' ? undefined : stepForms[step.kind];
  const action = step.kind === 'action' ? flows.actions.find(({ id }) => id === step.type) : undefined;
  const schema = form?.schema ?? action?.settings;
  const values = form === undefined ? (step.kind === 'action' ? step.settings : {}) : form.read(step);
  const update = (changes: Readonly<Record<string, unknown>>, mergeKey?: string): void => {
    if (Object.keys(changes).length === 0) return;
    dispatch(
      { type: 'step.update', flow: flow.id, step: step.id, changes },
      mergeKey === undefined ? {} : { mergeKey },
    );
  };
  const change = (name: string, value: unknown): void => {
    const now = latest.current;
    if (laneKey(now) === name) {
      const edit = changeLanes(flow.id, now, (value ?? []) as readonly LaneHead[]);
      if (edit !== undefined) dispatch(edit.command, edit.mergeKey === undefined ? {} : { mergeKey: edit.mergeKey });
      return;
    }
    const isTyping = typeof value === 'string' || typeof value === 'number' || typeof value === 'object';
    const mergeKey = isTyping ? `step:${step.id}:${name}` : undefined;
    if (form !== undefined) update(form.change(now, name, value), mergeKey);
    else if (now.kind === 'action') update({ settings: withSetting(now.settings, name, value) }, mergeKey);
  };
  const reset = (names: readonly string[]): void => {
    if (latest.current.kind !== 'action') return;
    const settings = names.reduce((rest, name) => withSetting(rest, name, undefined), latest.current.settings);
    if (!jsonEquals(settings, latest.current.settings)) update({ settings });
  };
  if (schema === undefined) {
    return (
      <Text size="sm" c="dimmed">
        This action is not installed. Install the plugin that brings it, or delete the step.
      </Text>
    );
  }
  return (
    <Stack gap="md">
      {action !== undefined && (
        <Text size="xs" c="dimmed">
          {action.description}
        </Text>
      )}
      <RootForm
        editors={designEditors}
        schema={schema}
        values={values}
        onChange={change}
        reset={reset}
        problems={problems}
        focus={focus}
      />
    </Stack>
  );
}

function withSetting(
  settings: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const { [name]: _old, ...rest } = settings;
  return value === undefined ? rest : { ...settings, [name]: value };
}

function ErrorsForm({ flow, step }: Props) {
  const dispatch = useDispatch();
  const edits = useStepEdits();
  return (
    <Stack gap="md">
      <RootForm
        editors={designEditors}
        schema={resilienceSchema}
        values={readResilience(step)}
        onChange={(name, value) =>
          dispatch(
            { type: 'step.update', flow: flow.id, step: step.id, changes: changeResilience(step, name, value) },
            { mergeKey: `resilience:${step.id}:${name}` },
          )
        }
      />
      <Text size="xs" c="dimmed">
        When it still fails, the run fails, unless a “Try” around it catches the failure.
      </Text>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconLifebuoy size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={edits.wrapInTry}
      >
        Catch its failures
      </Button>
    </Stack>
  );
}

function NoteForm({ flow, step }: Props) {
  const dispatch = useDispatch();
  return (
    <Textarea
      label="Note"
      description="Shown on the card, for whoever reads the flow next."
      autosize
      minRows={3}
      maxLength={1000}
      value={step.description ?? ''}
      onChange={(event) =>
        dispatch(
          {
            type: 'step.update',
            flow: flow.id,
            step: step.id,
            changes: { description: event.currentTarget.value === '' ? null : event.currentTarget.value },
          },
          { mergeKey: `note:${step.id}` },
        )
      }
    />
  );
}
