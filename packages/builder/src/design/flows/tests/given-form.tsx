import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { flowTestSchema, type FlowTest } from '@fettle/definition';
import { JsonBox } from './json-box.tsx';

const { user, env, vars } = flowTestSchema.properties;
/** One and the same, so that what is being typed is not taken for outdated. */
const noTrigger = {};

/** What the test begins with. */
export function GivenForm(props: {
  readonly test: FlowTest;
  readonly onChange: (changes: Readonly<Record<string, unknown>>, mergeKey?: string) => void;
}) {
  const { test, onChange } = props;
  const set = (key: string) => (value: unknown) => onChange({ [key]: value ?? null }, `test:${test.id}:${key}`);
  const isClockWrong = test.clock !== undefined && !Number.isFinite(Date.parse(test.clock));
  return (
    <Stack gap="sm">
      <JsonBox
        label="Trigger data"
        description="What expressions call trigger."
        minRows={5}
        value={test.trigger ?? noTrigger}
        onChange={set('trigger')}
      />
      <TextInput
        size="sm"
        label="It is"
        description="The clock stands still there; waits are jumped over."
        placeholder="2030-01-31T09:00:00Z"
        error={isClockWrong ? 'Write a time such as 2030-01-31T09:00:00Z.' : false}
        value={test.clock ?? ''}
        onChange={(event) => set('clock')(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
      <JsonBox
        label="Started by"
        description='Empty: nobody. Else such as { "id": "u1", "email": "ada@example.com", "name": "Ada" }.'
        minRows={1}
        isOptional
        value={test.user}
        schema={user}
        onChange={set('user')}
      />
      <JsonBox
        label="Variables"
        description="Those that begin otherwise than the flow says."
        minRows={1}
        isOptional
        value={test.vars}
        schema={vars}
        onChange={set('vars')}
      />
      <JsonBox
        label="Environment"
        description="What expressions call env."
        minRows={1}
        isOptional
        value={test.env}
        schema={env}
        onChange={set('env')}
      />
      <Select
        label="Steps that reach outside and have no mock"
        allowDeselect={false}
        data={[
          { value: 'fail', label: 'End the test' },
          { value: 'succeed', label: 'Succeed and give nothing' },
        ]}
        value={test.unmocked ?? 'fail'}
        onChange={(value) => onChange({ unmocked: value === 'succeed' ? 'succeed' : null })}
      />
      <Switch
        label="Run with the others and before publishing"
        checked={test.disabled !== true}
        onChange={(event) => onChange({ disabled: event.currentTarget.checked ? null : true })}
      />
    </Stack>
  );
}
