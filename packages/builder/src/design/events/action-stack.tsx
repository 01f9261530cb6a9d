import { useState } from 'react';
import { Stack } from '@mantine/core';
import { moveItem, removeItem } from '../editors/item-list.ts';
import { problemsBelow } from '../inspector/component-problems.ts';
import { ActionCard } from './action-card.tsx';
import type { ActionStackProps, RenderActions } from './action-stack-props.ts';
import { AddAction } from './add-action.tsx';
import { copyAction, newAction } from './action-list.ts';

/** Actions that run one after the other. */
export function ActionStack(props: ActionStackProps) {
  const { actions, onChange, path } = props;
  const [fresh, setFresh] = useState<string>();
  return (
    <Stack gap={6} role="list">
      {actions.map((action, index) => (
        <ActionCard
          key={action.id}
          action={action}
          index={index}
          count={actions.length}
          path={`${path}/${index}`}
          renderActions={renderActions}
          isOpenAtFirst={action.id === fresh}
          problems={problemsBelow(props.problems, String(index))}
          onChange={(next) => onChange(actions.map((old) => (old.id === action.id ? next : old)))}
          onMove={(to) => onChange(moveItem(actions, index, to))}
          onDuplicate={() =>
            onChange([...actions.slice(0, index + 1), copyAction(action), ...actions.slice(index + 1)])
          }
          onRemove={() => onChange(removeItem(actions, index))}
        />
      ))}
      <AddAction
        label={props.addLabel ?? (actions.length === 0 ? 'Add action' : 'Then')}
        isFull={actions.length >= 50}
        onAdd={(type) => {
          const action = newAction(type);
          setFresh(action.id);
          onChange([...actions, action]);
        }}
      />
    </Stack>
  );
}

const renderActions: RenderActions = (props) => <ActionStack {...props} />;
