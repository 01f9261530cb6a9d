import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Text } from '@mantine/core';
import { IconChevronRight, IconLock } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Component, Screen } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { useDragSource } from '../../canvas/drag/use-drag-source.ts';
import { pathTo } from '../../canvas/edit/tree.ts';
import { nextSelection, useEditKeys } from '../../canvas/edit/use-canvas-keys.ts';
import { useDesign, useScreenOutline, useView } from '../../design-context.ts';
import { ManifestIcon } from '../palette/manifest-icon.tsx';
import styles from './tree-panel.module.css';

interface TreeRow {
  readonly id: string;
  readonly depth: number;
  readonly hasChildren: boolean;
}

/** The open screen's components as a tree; long ones are virtualised. */
export function ComponentTree() {
  const screen = useScreenOutline();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => (screen === undefined ? [] : listRows(screen, closed)), [screen, closed]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    overscan: 12,
  });
  const { view } = useDesign();
  const selection = useView((state) => state.selection);
  const runEditKey = useEditKeys();
  const toggle = useCallback(
    (id: string): void =>
      setClosed((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id])),
    [],
  );
  useShownSelection({ screen, rows, closed, setClosed, scrollTo: (index) => virtualizer.scrollToIndex(index) });
  if (screen === undefined) return null;

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = selection[0];
    if (runEditKey(event)) {
      event.preventDefault();
      return;
    }
    if (
      (event.key === 'ArrowRight' || event.key === 'ArrowLeft') &&
      id !== undefined &&
      closed.has(id) === (event.key === 'ArrowRight')
    )
      toggle(id);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const index = rows.findIndex((row) => row.id === id) + (event.key === 'ArrowDown' ? 1 : -1);
      const next = rows[Math.min(Math.max(index, 0), rows.length - 1)];
      if (next !== undefined) view.select([next.id]);
    } else {
      const next = nextSelection(event.key, screen, id);
      if (next === undefined) return;
      view.select([next]);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={styles['tree']}
      role="tree"
      aria-label="Components"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          const component = row === undefined ? undefined : screen.components[row.id];
          return row === undefined || component === undefined ? null : (
            <div key={row.id} className={styles['slotted']} style={{ transform: `translateY(${item.start}px)` }}>
              <Row
                {...row}
                component={component}
                root={screen.root}
                isOpen={!closed.has(row.id)}
                isSelected={selection.includes(row.id)}
                onToggle={toggle}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What is selected elsewhere, such as on the canvas, is unfolded and scrolled to in the tree. */
function useShownSelection(tree: {
  readonly screen: Screen | undefined;
  readonly rows: readonly TreeRow[];
  readonly closed: ReadonlySet<string>;
  readonly setClosed: (closed: ReadonlySet<string>) => void;
  readonly scrollTo: (index: number) => void;
}): void {
  const selected = useView((state) => state.selection[0]);
  const shown = useRef<string | undefined>(undefined);
  const { screen, rows, closed, setClosed, scrollTo } = tree;
  useEffect(() => {
    if (selected === shown.current) return;
    if (screen === undefined || selected === undefined) {
      shown.current = selected;
      return;
    }
    const folded = pathTo(screen, selected).filter((id) => id !== selected && closed.has(id));
    if (folded.length > 0) {
      setClosed(new Set([...closed].filter((id) => !folded.includes(id))));
      return;
    }
    shown.current = selected;
    const index = rows.findIndex((row) => row.id === selected);
    if (index !== -1) scrollTo(index);
  });
}

/** One component in the tree. An edit of another one does not draw it again. */
const Row = memo(function Row(
  props: TreeRow & {
    readonly component: Component;
    readonly root: string;
    readonly isOpen: boolean;
    readonly isSelected: boolean;
    readonly onToggle: (id: string) => void;
  },
) {
  const { id, depth, hasChildren, component, root, isOpen, isSelected } = props;
  const { view } = useDesign();
  const { components } = useExtensions();
  const source = useDragSource(
    `tree:${id}`,
    () => {
      const selected = view.getState().selection.filter((other) => other !== root);
      const ids = selected.includes(id) ? selected : [id];
      return { kind: 'move', ids, title: ids.length === 1 ? component.name : `${ids.length} components` };
    },
    id === root,
  );
  const icon = components.find(({ manifest }) => manifest.id === component.type)?.manifest.icon;
  return (
    <div
      ref={source.ref}
      onPointerDown={source.props.onPointerDown}
      className={styles['row']}
      data-active={isSelected ? '' : undefined}
      style={{ paddingLeft: 4 + depth * 12 }}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      onPointerEnter={() => view.setState({ hovered: id })}
      onPointerLeave={() => view.setState({ hovered: undefined })}
      onClick={(event) => (event.metaKey || event.ctrlKey || event.shiftKey ? view.toggle(id) : view.select([id]))}
    >
      <button
        type="button"
        className={styles['chevron']}
        data-open={isOpen ? '' : undefined}
        style={{ visibility: hasChildren ? 'visible' : 'hidden' }}
        tabIndex={-1}
        aria-label={isOpen ? `Fold ${component.name}` : `Unfold ${component.name}`}
        onClick={(event) => {
          event.stopPropagation();
          props.onToggle(id);
        }}
      >
        <IconChevronRight size={12} />
      </button>
      <ManifestIcon name={icon ?? 'box'} size={14} />
      <Text size="sm" truncate flex={1}>
        {component.name}
      </Text>
      {component.access !== undefined && <IconLock size={12} aria-label="Has a rule of its own" />}
    </div>
  );
});

/** The visible rows of the tree in reading order. */
function listRows(screen: Screen, closed: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (id: string, depth: number): void => {
    const children = Object.values(screen.components[id]?.slots ?? {}).flat();
    rows.push({ id, depth, hasChildren: children.length > 0 });
    if (!closed.has(id)) for (const child of children) visit(child, depth + 1);
  };
  visit(screen.root, 0);
  return rows;
}
