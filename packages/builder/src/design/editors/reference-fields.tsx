import { labelFromName } from '@fettle/base';
import { Button, Group, Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { useExtensions } from '../../extensions.ts';
import { useApp, useCurrentScreen, useDesign, useView } from '../design-context.ts';
import { useSettingOf } from './data/use-columns.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

function ReferenceSelect(props: {
  readonly choices: readonly Choice[];
  readonly value: unknown;
  readonly onChange: (value: string | undefined) => void;
  readonly inputId: string;
  readonly placeholder: string;
  readonly lost: string;
  readonly title?: string;
}) {
  const { choices, value } = props;
  const current = typeof value === 'string' && value !== '' ? value : null;
  const isLost = current !== null && !choices.some((choice) => choice.value === current);
  return (
    <Select
      id={props.inputId}
      {...(props.title === undefined ? {} : { 'aria-label': props.title })}
      placeholder={choices.length === 0 ? 'There is none yet' : props.placeholder}
      searchable={choices.length > 8}
      clearable
      data={isLost ? [...choices, { value: current, label: props.lost }] : [...choices]}
      value={current}
      error={isLost ? `${props.lost}. Choose another one.` : false}
      onChange={(next) => props.onChange(next ?? undefined)}
    />
  );
}

function ScreenField({ value, onChange, inputId }: FieldProps) {
  const screens = useApp((app) => app.screens);
  const choices = Object.values(screens).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ReferenceSelect
      choices={choices}
      value={value}
      onChange={onChange}
      inputId={inputId}
      placeholder="Choose a screen"
      lost="The screen is gone"
    />
  );
}

/** Picks a query of the app, with a way to open it below the canvas. */
export function QuerySelect(props: {
  readonly value: unknown;
  readonly onChange: (query: string | undefined) => void;
  readonly inputId: string;
  readonly onlyReads?: boolean;
}) {
  const { view } = useDesign();
  const queries = useApp((app) => app.queries);
  const { value } = props;
  const choices = Object.values(queries)
    .filter(({ id, mode }) => props.onlyReads !== true || mode === 'read' || id === value)
    .map(({ id, name }) => ({ value: id, label: name }));
  const isKnown = typeof value === 'string' && Object.hasOwn(queries, value);
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <div style={{ flex: 1 }}>
        <ReferenceSelect
          choices={choices}
          value={value}
          onChange={props.onChange}
          inputId={props.inputId}
          placeholder="Choose a query"
          lost="The query is gone"
        />
      </div>
      {isKnown ? (
        <Button
          size="compact-xs"
          mt={4}
          variant="subtle"
          color="gray"
          rightSection={<IconArrowRight size={12} />}
          onClick={() => view.openQuery(value)}
        >
          Open
        </Button>
      ) : (
        <Button size="compact-xs" mt={4} variant="subtle" onClick={() => view.setState({ isDockOpen: true })}>
          Queries
        </Button>
      )}
    </Group>
  );
}

function QueryField({ value, onChange, inputId }: FieldProps) {
  return <QuerySelect value={value} onChange={onChange} inputId={inputId} />;
}

/** A flow of the app, but not the one that is being edited. */
function FlowField({ value, onChange, inputId }: FieldProps) {
  const flows = useApp((app) => app.flows);
  const open = useView((state) => state.flow);
  const choices = Object.values(flows)
    .filter(({ id }) => id !== open)
    .map(({ id, name }) => ({ value: id, label: labelFromName(name) }));
  return (
    <ReferenceSelect
      choices={choices}
      value={value}
      onChange={onChange}
      inputId={inputId}
      placeholder="Choose a flow"
      lost="The flow is gone"
    />
  );
}

function ComponentField({ item, value, onChange, inputId }: FieldProps) {
  const screen = useCurrentScreen();
  const { types } = item.hint;
  const choices = Object.entries(screen?.components ?? {})
    .filter(([id, { type }]) => (types === undefined ? id !== screen?.root : types.includes(type)))
    .map(([id, { name }]) => ({ value: id, label: name }));
  return (
    <ReferenceSelect
      choices={choices}
      value={value}
      onChange={onChange}
      inputId={inputId}
      placeholder="Choose a component"
      lost="The component is gone"
    />
  );
}

/** One of the methods of the component that `of` names. */
function MethodField(props: FieldProps) {
  const componentId = useSettingOf(props);
  const screen = useCurrentScreen();
  const { components } = useExtensions();
  const type = typeof componentId === 'string' ? screen?.components[componentId]?.type : undefined;
  const methods = components.find(({ manifest }) => manifest.id === type)?.manifest.methods ?? [];
  const choices = methods.map(({ name, title }) => ({ value: name, label: title }));
  return (
    <ReferenceSelect
      choices={choices}
      value={props.value}
      onChange={props.onChange}
      inputId={props.inputId}
      placeholder="Choose what to do"
      lost="It offers no such thing"
    />
  );
}

function StateField({ value, onChange, inputId }: FieldProps) {
  const screen = useCurrentScreen();
  const ofApp = useApp((app) => app.app.state);
  const choices = [
    ...(screen?.state ?? []).map(({ id, name }) => ({ value: id, label: `${name} (screen)` })),
    ...(ofApp ?? []).map(({ id, name }) => ({ value: id, label: `${name} (app)` })),
  ];
  return (
    <ReferenceSelect
      choices={choices}
      value={value}
      onChange={onChange}
      inputId={inputId}
      placeholder="Choose a value"
      lost="The value is gone"
    />
  );
}

/** Pickers of things of the app: screens, queries, components and their methods, state. */
export const referenceFields: readonly FieldEditor[] = [
  { id: 'screen', rank: rankByHint('screen'), Field: ScreenField },
  { id: 'query', rank: rankByHint('query'), Field: QueryField },
  { id: 'component', rank: rankByHint('component'), Field: ComponentField },
  {
    id: 'method',
    rank: (item) => (item.hint.of === 'component' && item.schema.type === 'string' ? 18 : 0),
    Field: MethodField,
  },
  { id: 'flow', rank: rankByHint('flow'), Field: FlowField },
  { id: 'state', rank: rankByHint('state'), Field: StateField },
];
