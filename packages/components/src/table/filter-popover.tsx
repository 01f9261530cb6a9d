import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { FilterBuilder } from '../inputs/filter-builder.tsx';
import type { FilterDraft, FilterField } from '../inputs/filter-draft.ts';
import { newCondition } from '../inputs/filter-builder.tsx';
import { useEffect } from 'react';

/** The filter builder below its button. Opens with a first line to fill in. */
export function FilterPopover(props: {
  readonly button: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly fields: readonly FilterField[];
  readonly draft: FilterDraft;
  readonly onChange: (draft: FilterDraft) => void;
}) {
  const { fields, draft, onChange, isOpen } = props;
  useEffect(() => {
    const [field] = fields;
    if (isOpen && draft.conditions.length === 0 && field !== undefined) {
      onChange({ ...draft, conditions: [newCondition(field)] });
    }
  }, [isOpen]);
  return (
    <Popover
      opened={isOpen}
      onChange={(opened) => {
        if (!opened) props.onClose();
      }}
      position="bottom-start"
      width={520}
      shadow="md"
      trapFocus
      returnFocus
      closeOnClickOutside
      clickOutsideEvents={['mousedown']}
    >
      <Popover.Target>{props.button}</Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 32px)" aria-label="Filter">
        <FilterBuilder fields={fields} draft={draft} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}
