import { useState } from 'react';
import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react';
import type { SettingSchema } from '../../fields/setting-list.ts';
import { InnerForm } from './design-form.tsx';
import { problemWithin, useFormPlace } from './form-place.ts';
import { titleOfItem, type Item } from './item-list.ts';
import { ProblemMark } from '../panels/problems/problem-mark.tsx';
import styles from './editors.module.css';

/** Data type of a drag of an entry within its list. */
const dragType = 'application/x-fettle-item';

/** One entry of a list: a line that opens to its form, moves by handle, by Alt and arrows, or from the menu. */
export function ItemCard(props: {
  readonly item: Item;
  readonly index: number;
  readonly count: number;
  readonly path: string;
  readonly step: string;
  readonly schema: SettingSchema;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onMove: (to: number) => void;
  /** Another entry of the list was dropped here. */
  readonly onReorder: (from: number, to: number) => void;
  readonly onDuplicate: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}) {
  const { item, index, count, path, isOpen, onMove, onDuplicate, onRemove } = props;
  const { problems } = useFormPlace();
  const [isTarget, setIsTarget] = useState(false);
  const problem = problemWithin(problems, path);
  const title = titleOfItem(item, index, props.schema.title);
  const list = path.slice(0, path.lastIndexOf('/'));
  return (
    <div
      role="listitem"
      className={styles['card']}
      data-setting={path}
      style={isTarget ? { outline: '2px solid var(--fettle-focus)' } : undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setIsTarget(true);
      }}
      onDragLeave={() => setIsTarget(false)}
      onDrop={(event) => {
        setIsTarget(false);
        const [from, fromList] = readDrag(event.dataTransfer.getData(dragType));
        if (fromList === list && from !== index) {
          event.preventDefault();
          props.onReorder(from, index);
        }
      }}
    >
      <div className={styles['cardHead']}>
        <span
          draggable
          onDragStart={(event) => event.dataTransfer.setData(dragType, JSON.stringify([index, list]))}
          aria-hidden="true"
          style={{ cursor: 'grab', display: 'flex' }}
        >
          <IconGripVertical size={14} color="var(--fettle-text-dimmed)" />
        </span>
        <UnstyledButton
          className={styles['cardTitle'] ?? ''}
          aria-expanded={isOpen}
          title="Alt and arrow keys move it"
          onClick={() => props.onOpen(!isOpen)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            onMove(index + (event.key === 'ArrowUp' ? -1 : 1));
          }}
        >
          {isOpen ? <IconChevronDown size={12} /> : <IconChevronRight size={12} />}
          <span>{title}</span>
          {problem !== undefined && <ProblemMark severity={problem.severity} label={problem.message} />}
        </UnstyledButton>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${title}`}>
              <IconDots size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => onMove(index - 1)}>
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={14} />}
              disabled={index === count - 1}
              onClick={() => onMove(index + 1)}
            >
              Move down
            </Menu.Item>
            {onDuplicate !== undefined && (
              <Menu.Item leftSection={<IconCopy size={14} />} onClick={onDuplicate}>
                Duplicate
              </Menu.Item>
            )}
            {onRemove !== undefined && (
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onRemove}>
                Remove
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {isOpen && (
        <div className={styles['cardBody']}>
          <InnerForm schema={props.schema} values={item} onChange={props.onChange} step={props.step} />
        </div>
      )}
    </div>
  );
}

function readDrag(text: string): readonly [number, string] {
  try {
    const [from, list] = JSON.parse(text) as [number, string];
    return [from, list];
  } catch {
    return [-1, ''];
  }
}
