import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { moveColumn, noPreferences, type ColumnPreferences } from './column-preferences.ts';
import type { TableColumn } from './table-column.ts';
import classes from './column-popover.module.css';

/** Which columns show, and in what order. */
export function ColumnPopover(props: {
  readonly button: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** In the person's order, hidden ones included. */
  readonly columns: readonly TableColumn[];
  readonly preferences: ColumnPreferences;
  readonly onChange: (preferences: ColumnPreferences) => void;
}) {
  const { columns, preferences, onChange } = props;
  const shown = columns.filter((column) => !column.isHidden).length;
  return (
    <Popover
      opened={props.isOpen}
      onChange={(opened) => {
        if (!opened) props.onClose();
      }}
      position="bottom-end"
      width={280}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>{props.button}</Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <div className={classes.list} role="list">
          {columns.map((column, index) => (
            <div key={column.id} className={classes.item} role="listitem">
              <Checkbox
                size="xs"
                className={classes.name}
                label={column.label}
                checked={!column.isHidden}
                disabled={!column.isHidden && shown === 1}
                onChange={(event) =>
                  onChange({
                    ...preferences,
                    shown: { ...preferences.shown, [column.id]: event.currentTarget.checked },
                  })
                }
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Move ${column.label} up`}
                disabled={index === 0}
                onClick={() => onChange({ ...preferences, order: moveColumn(columns, column.id, -1) })}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Move ${column.label} down`}
                disabled={index === columns.length - 1}
                onClick={() => onChange({ ...preferences, order: moveColumn(columns, column.id, 1) })}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </div>
          ))}
        </div>
        <Button
          className={classes.reset}
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={preferences === noPreferences}
          onClick={() => onChange(noPreferences)}
        >
          Back to the usual columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
