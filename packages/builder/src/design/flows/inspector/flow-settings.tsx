import { Group, SegmentedControl, Stack, Switch, Text, Textarea } from '@mantine/core';
import { IconRoute2 } from '@tabler/icons-react';
import { flowInputTypes, type Flow } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { BindingScopeProvider } from '../../binding/binding-scope.ts';
import { useApp, useDispatch } from '../../design-context.ts';
import { designEditors } from '../../editors/design-editors.ts';
import { RootForm } from '../../editors/design-form.tsx';
import { NameField } from '../../inspector/name-field.tsx';
import { RolePicker } from '../../panels/access/role-picker.tsx';
import { PanelSection } from '../../panels/panel.tsx';
import { useFlowScope } from '../scope/use-flow-scope.ts';
import styles from '../../inspector/inspector.module.css';
import { changeRetention, keepingSettings, keepingValues } from './keeping-settings.ts';
import { namedEntries, parameterList } from './parameter-list.ts';
import { changeRate, rateSettings, rateValues } from './rate-settings.ts';

type Changes = Extract<Command, { type: 'flow.update' }>['changes'];

const fixed = { bindable: false } as const;

const inputsSchema = Type.Object({
  inputs: Type.Optional(
    parameterList({
      title: 'Inputs',
      description: 'What whoever starts it gives. Steps read them as trigger.name, a file as trigger.name.id.',
      types: flowInputTypes,
    }),
  ),
});

const settingsSchema = Type.Object({
  variables: Type.Optional(
    setting(
      Type.Array(
        Type.Object({
          name: setting(Type.String(), { title: 'Name', ui: fixed }),
          initial: setting(Type.Unknown(), { title: 'At first', ui: { editor: 'json', bindable: false } }),
        }),
      ),
      { title: 'Variables', description: 'Steps read them as vars.name and set them with “Set variables”.' },
    ),
  ),
  timeout: Type.Optional(
    setting(Type.Number({ minimum: 1 }), {
      title: 'A run must end within, in seconds',
      ui: { bindable: false, section: 'Limits' },
    }),
  ),
  limit: Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
      title: 'Runs at the same time',
      ui: { bindable: false, section: 'Limits' },
    }),
  ),
  key: Type.Optional(
    setting(Type.String(), {
      title: 'Counted for each',
      description: 'Such as {{ trigger.customer }}. Empty: all together.',
      ui: { editor: 'expression', section: 'Limits' },
    }),
  ),
  ...rateSettings,
  ...keepingSettings,
});

/** Settings of the flow itself. */
export function FlowSettings({ flow }: { readonly flow: Flow }) {
  const dispatch = useDispatch();
  const flows = useApp((app) => app.flows);
  const scope = useFlowScope(flow, undefined);
  const update = (changes: Changes, mergeKey?: string): void => {
    dispatch({ type: 'flow.update', flow: flow.id, changes }, mergeKey === undefined ? {} : { mergeKey });
  };
  const isTaken = (name: string): boolean =>
    Object.values(flows).some((other) => other.id !== flow.id && other.name.toLowerCase() === name.toLowerCase());
  return (
    <BindingScopeProvider value={scope}>
      <div className={styles['inspector']} data-flow-settings="">
        <div className={styles['top']}>
          <div className={styles['header']}>
            <Group gap={8} wrap="nowrap">
              <IconRoute2 size={16} />
              <Text size="sm" fw={600} flex={1}>
                Flow
              </Text>
              <Switch
                size="xs"
                labelPosition="left"
                label={flow.disabled === true ? 'Off' : 'On'}
                checked={flow.disabled !== true}
                onChange={(event) => update({ disabled: event.currentTarget.checked ? null : true })}
              />
            </Group>
            <NameField
              label="Name of the flow"
              name={flow.name}
              isTaken={isTaken}
              onRename={(name) => dispatch({ type: 'flow.rename', flow: flow.id, name })}
            />
          </div>
        </div>
        <div className={styles['body']} data-flow-body="">
          <Stack gap="md">
            <Textarea
              label="Description"
              autosize
              minRows={2}
              maxLength={1000}
              placeholder="What it is for"
              value={flow.description ?? ''}
              onChange={(event) =>
                update({ description: event.currentTarget.value || null }, `flow-description:${flow.id}`)
              }
            />
            <FlowInputs flow={flow} />
            <RootForm
              editors={designEditors}
              schema={settingsSchema}
              values={{
                variables: flow.variables ?? [],
                ...(flow.timeoutMs === undefined ? {} : { timeout: flow.timeoutMs / 1000 }),
                ...flow.concurrency,
                ...rateValues(flow.rateLimit),
                ...keepingValues(flow),
              }}
              onChange={(name, value) => update(changeFlow(flow, name, value), `flow:${flow.id}:${name}`)}
            />
            <AccessSection flow={flow} onChange={(access) => update({ access })} />
          </Stack>
        </div>
      </div>
    </BindingScopeProvider>
  );
}

/** The inputs of a flow that apps and other flows start. */
export function FlowInputs({ flow }: { readonly flow: Flow }) {
  const dispatch = useDispatch();
  return (
    <RootForm
      editors={designEditors}
      schema={inputsSchema}
      values={{ inputs: flow.inputs ?? [] }}
      onChange={(_name, value) => {
        const inputs = namedEntries(value, 'input') as NonNullable<Flow['inputs']>;
        dispatch(
          { type: 'flow.update', flow: flow.id, changes: { inputs: inputs.length === 0 ? null : inputs } },
          { mergeKey: `inputs:${flow.id}` },
        );
      }}
    />
  );
}

function changeFlow(flow: Flow, name: string, value: unknown): Changes {
  switch (name) {
    case 'starts':
    case 'period':
    case 'rateKey':
      return { rateLimit: changeRate(flow.rateLimit, name, value) };
    case 'goodDays':
    case 'goodCount':
    case 'badDays':
    case 'badCount':
      return { retention: changeRetention(flow.retention, name, value) };
    case 'variables': {
      const variables = namedEntries(value, 'value').map((entry) => ({
        name: String(entry['name']),
        initial: entry['initial'] ?? null,
      }));
      return { variables: variables.length === 0 ? null : variables };
    }
    case 'timeout':
      return { timeoutMs: typeof value === 'number' ? Math.max(1000, Math.round(value * 1000)) : null };
    case 'limit':
      return { concurrency: typeof value === 'number' ? { ...flow.concurrency, limit: value } : null };
    default: {
      const { key: _old, ...rest } = flow.concurrency ?? { limit: 1 };
      return { concurrency: typeof value === 'string' && value !== '' ? { ...rest, key: value } : rest };
    }
  }
}

function AccessSection({
  flow,
  onChange,
}: {
  readonly flow: Flow;
  readonly onChange: (access: { roles: string[] } | null) => void;
}) {
  return (
    <PanelSection title="Who may start it from an app">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Who may start it"
        data={[
          { value: 'seen', label: 'Who sees its button' },
          { value: 'roles', label: 'Some roles' },
        ]}
        value={flow.access === undefined ? 'seen' : 'roles'}
        onChange={(next) => onChange(next === 'seen' ? null : { roles: ['admin'] })}
      />
      {flow.access !== undefined && (
        <RolePicker label="Roles" value={flow.access.roles} onChange={(roles) => onChange({ roles })} />
      )}
    </PanelSection>
  );
}
