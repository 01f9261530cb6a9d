import { useState } from 'react';
import { Button, Checkbox, CloseButton, Group, Stack, Text } from '@mantine/core';
import type { EventAction } from '@fettle/definition';
import { BindingField } from '../binding/binding-field.tsx';
import type { FieldProblem } from '../editors/form-place.ts';
import { changeMember } from './action-list.ts';
import editorStyles from '../editors/editors.module.css';

type Confirm = NonNullable<EventAction['confirm']>;

/** When an action runs: only if something holds, only after the person said yes. */
export function ActionConditions(props: {
  readonly action: EventAction;
  readonly problems: ReadonlyMap<string, FieldProblem>;
  readonly onChange: (action: EventAction) => void;
}) {
  const { action, problems, onChange } = props;
  const { condition, confirm } = action;
  const [isAsked, setIsAsked] = useState(false);
  const hasCondition = condition !== undefined || isAsked;
  const setConfirm = (changes: Partial<Confirm>): void => {
    const next = { title: '', ...confirm, ...changes };
    const entries = Object.entries(next).filter(
      ([name, value]) => name === 'title' || (value !== '' && value !== false),
    );
    onChange(changeMember(action, 'confirm', Object.fromEntries(entries) as unknown as Confirm));
  };
  return (
    <Stack gap="xs">
      {hasCondition && (
        <div>
          <Heading
            title="Only if"
            onRemove={() => {
              setIsAsked(false);
              if (condition !== undefined) onChange(changeMember(action, 'condition', undefined));
            }}
          />
          <BindingField
            value={condition ?? '{{  }}'}
            onChange={(next) => onChange(changeMember(action, 'condition', next.trim() === '' ? undefined : next))}
            label="Only if"
            isOpenAtFirst={isAsked}
          />
          <ProblemText problem={problems.get('condition')} />
        </div>
      )}
      {confirm !== undefined && (
        <div>
          <Heading title="Ask first" onRemove={() => onChange(changeMember(action, 'confirm', undefined))} />
          <Stack gap={4} className={editorStyles['nested'] ?? ''}>
            <BindingField
              value={confirm.title}
              onChange={(title) => setConfirm({ title })}
              label="Question"
              placeholder="Delete this ticket?"
              isQuiet
            />
            <BindingField
              value={confirm.message ?? ''}
              onChange={(message) => setConfirm({ message })}
              label="Explanation"
              placeholder="What will happen"
              isQuiet
            />
            <BindingField
              value={confirm.button ?? ''}
              onChange={(button) => setConfirm({ button })}
              label="Button"
              placeholder="Continue"
              isQuiet
            />
            <Checkbox
              size="xs"
              label="Dangerous: the button is red"
              checked={confirm.danger === true}
              onChange={(event) => setConfirm({ danger: event.currentTarget.checked })}
            />
          </Stack>
        </div>
      )}
      <Group gap={4}>
        {!hasCondition && <Add label="Only if" onClick={() => setIsAsked(true)} />}
        {confirm === undefined && <Add label="Ask first" onClick={() => setConfirm({ title: 'Are you sure?' })} />}
      </Group>
    </Stack>
  );
}

function Add({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="compact-xs" variant="subtle" color="gray" onClick={onClick}>
      + {label}
    </Button>
  );
}

function Heading({ title, onRemove }: { readonly title: string; readonly onRemove: () => void }) {
  return (
    <Group justify="space-between" mih={22}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <CloseButton size="xs" aria-label={`Remove: ${title}`} onClick={onRemove} />
    </Group>
  );
}

function ProblemText({ problem }: { readonly problem: FieldProblem | undefined }) {
  if (problem === undefined) return null;
  return (
    <Text size="xs" c="red" role="alert" mt={4}>
      {problem.message}
    </Text>
  );
}
