import { useState } from 'react';
import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { isJsonObject, labelFromName } from '@fettle/base';
import { useFormValues, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import type { SettingSchema } from '../../fields/setting-list.ts';
import type { ColumnOption } from './data/column-options.ts';
import { useColumnsOf } from './data/use-columns.ts';
import { isWithin, joinPath, useFormPlace, useRootValues } from './form-place.ts';
import { ItemCard } from './item-card.tsx';
import {
  changeItem,
  duplicateItem,
  isItemList,
  moveItem,
  newItem,
  removeItem,
  visibleSchema,
  type Item,
} from './item-list.ts';

/** The list of a setting; the default one while it is not set, so that editing begins with what is shown. */
export function readItems(value: unknown, fallback: unknown): readonly Item[] {
  const list = Array.isArray(value) ? value : Array.isArray(fallback) ? fallback : [];
  return (list as readonly unknown[]).map((item) => (isJsonObject(item) ? item : {}));
}

/** Which member of the entries names a column, and of which data. */
export function columnMember(
  schema: SettingSchema | undefined,
): { readonly name: string; readonly of: string } | undefined {
  for (const [name, member] of Object.entries(schema?.properties ?? {})) {
    if (member.ui?.editor === 'column' && member.ui.of !== undefined) return { name, of: member.ui.of };
  }
  return undefined;
}

function ItemsField({ item, value, onChange }: FieldProps) {
  const place = useFormPlace();
  const values = useFormValues();
  const root = useRootValues();
  const path = joinPath(place.path, item.name);
  const items = readItems(value, item.defaultValue);
  const schema = item.schema.items ?? {};
  const focused =
    place.focus !== undefined && isWithin(place.focus, path)
      ? Number(place.focus.slice(path.length + 1).split('/')[0])
      : undefined;
  const [open, setOpen] = useState<number | undefined>(focused);
  const [seen, setSeen] = useState(place.focus);
  if (seen !== place.focus) {
    setSeen(place.focus);
    if (focused !== undefined) setOpen(focused);
  }
  const column = columnMember(schema);
  const isRelated =
    column !== undefined && (schema.required?.includes(column.name) === true || item.hint.of === column.of);
  const most = (item.schema as { readonly maxItems?: number }).maxItems ?? Infinity;
  const least = (item.schema as { readonly minItems?: number }).minItems ?? 0;
  const add = (added: readonly Item[]): void => {
    onChange([...items, ...added].slice(0, most));
    if (added.length === 1) setOpen(items.length);
  };
  const move = (from: number, to: number): void => {
    onChange(moveItem(items, from, to));
    if (open === from) setOpen(Math.max(0, Math.min(items.length - 1, to)));
    else setOpen(undefined);
  };
  return (
    <Stack gap={4} role="list" aria-label={item.title}>
      {items.map((entry, index) => (
        <ItemCard
          key={typeof entry['id'] === 'string' ? entry['id'] : index}
          item={entry}
          index={index}
          count={items.length}
          path={joinPath(path, String(index))}
          step={joinPath(item.name, String(index))}
          schema={visibleSchema(schema)}
          isOpen={open === index}
          onOpen={(isOpen) => setOpen(isOpen ? index : undefined)}
          onChange={(name, next) => onChange(changeItem(items, index, name, next))}
          onMove={(to) => move(index, to)}
          onReorder={move}
          onDuplicate={items.length >= most ? undefined : () => onChange(duplicateItem(items, index))}
          onRemove={
            items.length <= least
              ? undefined
              : () => {
                  const rest = removeItem(items, index);
                  onChange(rest.length === 0 && item.defaultValue === undefined ? undefined : rest);
                  setOpen(undefined);
                }
          }
        />
      ))}
      {isRelated && column !== undefined ? (
        <AddColumns
          items={items}
          member={column.name}
          data={values[column.of] ?? root[column.of]}
          schema={schema}
          isFull={items.length >= most}
          onAdd={add}
        />
      ) : (
        <AddButton label="Add" isDisabled={items.length >= most} onClick={() => add([newItem(schema)])} />
      )}
    </Stack>
  );
}

function AddColumns(props: {
  readonly items: readonly Item[];
  readonly member: string;
  readonly data: unknown;
  readonly schema: SettingSchema;
  readonly isFull: boolean;
  readonly onAdd: (items: readonly Item[]) => void;
}) {
  const { items, member, schema, onAdd } = props;
  const { options } = useColumnsOf(props.data);
  const free = options.filter(({ value }) => !items.some((item) => item[member] === value));
  const own = free.filter(({ relation }) => relation === undefined);
  const make = ({ value }: ColumnOption): Item =>
    newItem(schema, {
      [member]: value,
      ...(schema.properties?.['label'] === undefined ? {} : { label: labelOf(value) }),
    });
  const isOptional = schema.required?.includes(member) !== true;
  return (
    <Group gap={4}>
      <Menu position="bottom-start" shadow="md" width={240}>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} />} disabled={props.isFull}>
            Add column
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          {free.length === 0 && (
            <Menu.Label>{options.length === 0 ? 'Choose the data first' : 'All columns are there'}</Menu.Label>
          )}
          {free.map((option) => (
            <Menu.Item
              key={option.value}
              onClick={() => onAdd([make(option)])}
              rightSection={
                <Text size="xs" c="dimmed">
                  {option.type}
                </Text>
              }
            >
              {option.label}
            </Menu.Item>
          ))}
          {isOptional && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => onAdd([newItem(schema, { label: 'New column' })])}>
                A worked-out column
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {own.length > 1 && (
        <AddButton
          label={items.length === 0 ? 'Add all' : `Add the other ${own.length}`}
          isDisabled={props.isFull}
          onClick={() => onAdd(own.map(make))}
        />
      )}
    </Group>
  );
}

/** `album.title` is called "Album title". */
function labelOf(column: string): string {
  return labelFromName(column.replaceAll('.', '_'));
}

function AddButton({
  label,
  isDisabled,
  onClick,
}: {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPlus size={12} />}
      style={{ alignSelf: 'flex-start' }}
      disabled={isDisabled}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

/** A list of objects: entries open to a form made from the schema of an entry. */
export const itemsField: FieldEditor = {
  id: 'items',
  rank: (item) => (isItemList(item.schema) ? 22 : 0),
  Field: ItemsField,
};
