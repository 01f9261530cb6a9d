import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { Combobox, Portal, Text, useCombobox } from '@mantine/core';
import { useReactFlow, useStore as useFlowStore } from '@xyflow/react';
import type { Flow } from '@fettle/definition';
import { useStore } from 'zustand';
import { useExtensions } from '../../../extensions.ts';
import { isPlaceOf, useStepEdits } from '../edit/use-step-edits.ts';
import { flowSurface, flowView } from '../flow-surface.ts';
import { placeId, type FlowLayout } from '../layout/flow-layout.ts';
import { EntryIcon } from './entry-icon.tsx';
import { findEntries, paletteEntries } from './palette-entries.ts';
import styles from './palette.module.css';

/** The palette at the place where a step is to be put: type to find, Enter to take. */
export function InsertPalette({ flow, layout }: { readonly flow: Flow; readonly layout: FlowLayout }) {
  const inserting = useStore(flowView, (state) => state.inserting);
  if (inserting === undefined || !isPlaceOf(flow, inserting)) return null;
  const id = placeId(inserting);
  // Behind the end of a run there is no place to be seen: the palette opens at its card.
  const box = layout.places.find((place) => place.id === id) ?? layout.places.at(-1);
  return box === undefined ? null : <OpenPalette key={id} x={box.x} y={box.y} />;
}

function OpenPalette({ x, y }: { readonly x: number; readonly y: number }) {
  const edits = useStepEdits();
  const { flows } = useExtensions();
  const entries = useMemo(() => paletteEntries(flows.actions), [flows.actions]);
  const [search, setSearch] = useState('');
  const groups = useMemo(() => findEntries(entries, search), [entries, search]);
  const instance = useReactFlow();
  // Follows the canvas when it is moved meanwhile.
  useFlowStore((state) => state.transform.join());
  const at = instance.flowToScreenPosition({ x, y });
  const combobox = useCombobox({ opened: true, onOpenedChange: (isOpen) => !isOpen && close() });
  const close = (): void => {
    flowView.setState({ inserting: undefined });
    flowSurface.current?.element()?.focus();
  };
  const take = (id: string): void => {
    const { inserting } = flowView.getState();
    const entry = entries.find((one) => one.id === id);
    close();
    if (entry !== undefined && inserting !== undefined) edits.add(entry.choice, inserting);
  };
  /** Whoever types and presses Enter faster than the best hit is marked means that hit. */
  const takeUnmarked = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() >= 0) return;
    const best = findEntries(entries, search)[0]?.entries[0];
    if (best === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    take(best.id);
  };
  useEffect(() => {
    // The options are there one frame later. A new search begins at its best hit.
    const frame = requestAnimationFrame(() => combobox.selectFirstOption());
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [search]);
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom"
      offset={16}
      hideDetached={false}
      middlewares={{ flip: true, shift: { padding: 8 } }}
      shadow="lg"
      withinPortal
      onClose={close}
      onOptionSubmit={take}
    >
      <Combobox.DropdownTarget>
        <PaletteAnchor x={at.x} y={at.y} />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown
        data-flow-palette=""
        onKeyDown={(event) => event.key === 'Escape' && close()}
        onKeyDownCapture={takeUnmarked}
      >
        <Combobox.Search
          value={search}
          autoFocus
          placeholder="Search steps and actions"
          aria-label="Search steps and actions"
          onChange={(event) => setSearch(event.currentTarget.value)}
          onBlur={() => setTimeout(() => flowView.getState().inserting !== undefined && closeIfLeft(close), 0)}
        />
        <Combobox.Options mah={360} style={{ overflowY: 'auto' }}>
          {groups.map(({ category, entries: found }) => (
            <Combobox.Group key={category} label={category}>
              {found.map((entry) => (
                <Combobox.Option key={entry.id} value={entry.id} p={0}>
                  <span className={styles['entry']}>
                    <EntryIcon entry={entry} />
                    <span className={styles['words']}>
                      <span className={styles['title']}>{entry.title}</span>
                      <span className={styles['description']}>{entry.description}</span>
                    </span>
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {groups.length === 0 && (
            <Combobox.Empty>
              <Text size="sm">Nothing matches “{search}”.</Text>
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function closeIfLeft(close: () => void): void {
  const focused = document.activeElement;
  if (focused instanceof Element && focused.closest('[data-flow-palette]') !== null) return;
  close();
}

function PaletteAnchor({
  x,
  y,
  ref,
}: {
  readonly x: number;
  readonly y: number;
  readonly ref?: React.Ref<HTMLDivElement>;
}) {
  return (
    <Portal>
      <div ref={ref} style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} />
    </Portal>
  );
}
