import { useState } from 'react';
import { Button, CloseButton, Popover } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { ConditionForm } from './condition-form.tsx';
import type { FilterColumn } from './filter-columns.ts';
import {
  complaintAbout,
  describeCondition,
  noFilter,
  startCondition,
  type ConditionDraft,
  type FilterDraft,
} from './filter-draft.ts';
import styles from './filter.module.css';

interface FilterBarProps {
  readonly columns: readonly FilterColumn[];
  readonly value: FilterDraft;
  readonly onChange: (value: FilterDraft) => void;
}

/** Conditions as chips. A click on one edits it. */
export function FilterBar({ columns, value, onChange }: FilterBarProps) {
  const [open, setOpen] = useState<number>();
  const set = (index: number, condition: ConditionDraft): void =>
    onChange({ ...value, conditions: value.conditions.map((old, at) => (at === index ? condition : old)) });
  const remove = (index: number): void =>
    onChange({ ...value, conditions: value.conditions.filter((_, at) => at !== index) });
  const [first] = columns;
  return (
    <div className={styles['bar']} role="group" aria-label="Filter">
      {value.conditions.map((condition, index) => (
        <div key={index} style={{ display: 'contents' }}>
          {index > 0 && (
            <button
              type="button"
              className={styles['join']}
              title="Switch between all and any of the conditions"
              onClick={() => onChange({ ...value, join: value.join === 'and' ? 'or' : 'and' })}
            >
              {value.join}
            </button>
          )}
          <Chip
            columns={columns}
            condition={condition}
            isOpen={open === index}
            onOpen={(isOpen) => setOpen(isOpen ? index : undefined)}
            onChange={(next) => {
              set(index, next);
              setOpen(undefined);
            }}
            onRemove={() => {
              remove(index);
              setOpen(undefined);
            }}
          />
        </div>
      ))}
      {first !== undefined && (
        <AddButton
          columns={columns}
          first={first}
          onAdd={(condition) => onChange({ ...value, conditions: [...value.conditions, condition] })}
        />
      )}
      {value.conditions.length > 1 && (
        <button type="button" className={styles['join']} onClick={() => onChange(noFilter)}>
          Clear all
        </button>
      )}
    </div>
  );
}

interface ChipProps {
  readonly columns: readonly FilterColumn[];
  readonly condition: ConditionDraft;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChange: (condition: ConditionDraft) => void;
  readonly onRemove: () => void;
}

function Chip({ columns, condition, isOpen, onOpen, onChange, onRemove }: ChipProps) {
  const words = describeCondition(condition, columns);
  const complaint = complaintAbout(condition, columns);
  return (
    <Popover opened={isOpen} onChange={onOpen} position="bottom-start" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <span className={styles['chip']} {...(complaint === undefined ? {} : { 'data-incomplete': true })}>
          <button
            type="button"
            className={styles['chipText']}
            title={complaint ?? words}
            onClick={() => onOpen(!isOpen)}
          >
            {words}
          </button>
          <CloseButton size={22} iconSize={12} aria-label={`Remove: ${words}`} onClick={onRemove} />
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionForm columns={columns} initial={condition} onDone={onChange} onCancel={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AddButton(props: {
  readonly columns: readonly FilterColumn[];
  readonly first: FilterColumn;
  readonly onAdd: (condition: ConditionDraft) => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={14} />} onClick={() => setIsOpen(!isOpen)}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionForm
          columns={props.columns}
          initial={startCondition(props.first)}
          onDone={(condition) => {
            props.onAdd(condition);
            setIsOpen(false);
          }}
          onCancel={() => setIsOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
