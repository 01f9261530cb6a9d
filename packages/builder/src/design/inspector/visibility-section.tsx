import { useState } from 'react';
import { SegmentedControl, Text } from '@mantine/core';
import { BindingField } from '../binding/binding-field.tsx';
import type { FieldProblem } from '../editors/form-place.ts';
import { PanelSection } from '../panels/panel.tsx';

/** When a component shows: always, or while a binding is true. */
export function VisibilitySection(props: {
  readonly value: string | undefined;
  readonly problem?: FieldProblem | undefined;
  readonly onChange: (value: string | undefined, mergeKey?: string) => void;
}) {
  const { value, onChange, problem } = props;
  const [isAsked, setIsAsked] = useState(false);
  const isConditional = value !== undefined || isAsked;
  return (
    <PanelSection title="Visible">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="When it shows"
        data={[
          { value: 'always', label: 'Always' },
          { value: 'when', label: 'Only when' },
        ]}
        value={isConditional ? 'when' : 'always'}
        onChange={(next) => {
          setIsAsked(next === 'when');
          if (next === 'always' && value !== undefined) onChange(undefined);
        }}
      />
      {isConditional && (
        <div data-setting="visible">
          <BindingField
            value={value ?? '{{  }}'}
            onChange={(next) => onChange(next.trim() === '' ? undefined : next, 'visible')}
            label="Shown only when"
            isOpenAtFirst={isAsked && value === undefined}
          />
          <Text size="xs" c="dimmed" mt={4}>
            A matter of looks. Use Access to keep it from people.
          </Text>
        </div>
      )}
      {problem !== undefined && (
        <Text size="xs" c="red" role="alert">
          {problem.message}
        </Text>
      )}
    </PanelSection>
  );
}
