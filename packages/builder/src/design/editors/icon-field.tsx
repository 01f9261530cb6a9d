import { useMemo, useRef, useState } from 'react';
import { Button, CloseButton, Group, Popover, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { labelFromName } from '@fettle/base';
import { useExtensions } from '../../extensions.ts';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import styles from './editors.module.css';

/** Picks an icon by name. */
export function IconPicker(props: {
  readonly value: string | undefined;
  readonly onChange: (icon: string | undefined) => void;
  readonly inputId?: string;
  readonly label: string;
}) {
  const { icons } = useExtensions();
  const [isOpen, setIsOpen] = useState(false);
  const { value } = props;
  const Icon = icons?.Icon;
  return (
    <Group gap={4} wrap="nowrap">
      <Popover
        opened={isOpen}
        onChange={setIsOpen}
        position="bottom-start"
        width={260}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            flex={1}
            justify="flex-start"
            aria-label={`${props.label}: ${value ?? 'none'}`}
            leftSection={Icon !== undefined && value !== undefined ? <Icon name={value} size={16} /> : undefined}
            onClick={() => setIsOpen(!isOpen)}
            {...(props.inputId === undefined ? {} : { id: props.inputId })}
          >
            {value === undefined || value === '' ? 'None' : labelFromName(value)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={8}>
          <IconList
            names={icons?.names ?? []}
            value={value}
            onPick={(next) => {
              props.onChange(next);
              setIsOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {value !== undefined && value !== '' && (
        <CloseButton size="sm" aria-label="No icon" onClick={() => props.onChange(undefined)} />
      )}
    </Group>
  );
}

function IconList({
  names,
  value,
  onPick,
}: {
  readonly names: readonly string[];
  readonly value: string | undefined;
  readonly onPick: (name: string) => void;
}) {
  const { icons } = useExtensions();
  const Icon = icons?.Icon;
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const words = search
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    return names.filter((name) => words.every((word) => name.includes(word)));
  }, [names, search]);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 30,
    overscan: 6,
  });
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, index));
    setActive(next);
    rows.scrollToIndex(next);
  };
  return (
    <>
      <TextInput
        placeholder="Search icons"
        aria-label="Search icons"
        data-autofocus
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 7, PageUp: -7 }[event.key];
          const name = found[active];
          if (step !== undefined) {
            event.preventDefault();
            go(active + step);
          } else if (event.key === 'Enter' && name !== undefined) onPick(name);
        }}
      />
      <div ref={scroller} className={styles['iconGrid']} role="listbox" aria-label="Icons">
        <div style={{ height: rows.getTotalSize(), position: 'relative', marginTop: 4 }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const name = found[index] ?? '';
            return (
              <UnstyledButton
                key={name}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className={styles['iconCell'] ?? ''}
                style={{ position: 'absolute', top: start }}
                onClick={() => onPick(name)}
              >
                {Icon !== undefined && <Icon name={name} size={16} />}
                <span>{labelFromName(name)}</span>
                {name === value && (
                  <Text span size="xs" c="dimmed">
                    chosen
                  </Text>
                )}
              </UnstyledButton>
            );
          })}
        </div>
      </div>
      {found.length === 0 && (
        <Text size="xs" c="dimmed" p={8}>
          No icon has this name.
        </Text>
      )}
    </>
  );
}

function IconField({ item, value, onChange, inputId }: FieldProps) {
  const shown =
    typeof value === 'string' ? value : typeof item.defaultValue === 'string' ? item.defaultValue : undefined;
  return <IconPicker value={shown} onChange={onChange} inputId={inputId} label={item.title} />;
}

/** An icon. */
export const iconField: FieldEditor = { id: 'icon', rank: rankByHint('icon'), Field: IconField };
