import { Loader, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconEye,
  IconSchema,
  IconTable,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { ConnectorIcon } from '../connector-icon.tsx';
import { useDataPaths } from '../data-paths.ts';
import { useConnectorOf } from '../use-data.ts';
import type { SourceState, TreeNode } from './tree-nodes.ts';
import styles from './tree.module.css';

interface LineProps {
  readonly node: TreeNode;
  readonly index: number;
  readonly top: number;
  readonly isFocusable: boolean;
  readonly current: { readonly source?: string; readonly table?: string };
  readonly onToggle: (isOpen: boolean) => void;
  readonly onFocus: () => void;
}

/** One line of the tree: a source, a schema, a table or a note. */
export function TreeLine(props: LineProps) {
  const { node, index, top, isFocusable, onFocus } = props;
  const common = {
    className: styles['node'] ?? '',
    style: { transform: `translateY(${top}px)`, paddingLeft: indentOf(node) },
    role: 'treeitem',
    tabIndex: isFocusable ? 0 : -1,
    'data-line': index,
    onFocus,
  } as const;
  switch (node.kind) {
    case 'source':
      return <SourceLine {...props} node={node} common={common} />;
    case 'schema':
      return (
        <div {...common} aria-expanded={node.isOpen} aria-level={2} onClick={() => props.onToggle(!node.isOpen)}>
          <Chevron isOpen={node.isOpen} />
          <span className={styles['icon']}>
            <IconSchema size={14} />
          </span>
          <span className={styles['name']}>{node.name}</span>
          <span className={styles['count']}>{node.count}</span>
        </div>
      );
    case 'table':
      return <TableLine {...props} node={node} common={common} />;
    case 'note':
      return (
        <div {...common} aria-level={2}>
          <span className={styles['note']}>{node.text}</span>
        </div>
      );
  }
}

interface CommonProps {
  readonly className: string;
  readonly style: { readonly transform: string; readonly paddingLeft: number };
  readonly role: 'treeitem';
  readonly tabIndex: number;
  readonly 'data-line': number;
  readonly onFocus: () => void;
}

type Of<K extends TreeNode['kind']> = Omit<LineProps, 'node'> & {
  readonly node: Extract<TreeNode, { kind: K }>;
  readonly common: CommonProps;
};

function SourceLine({ node, common, current, onToggle }: Of<'source'>) {
  const paths = useDataPaths();
  const connector = useConnectorOf(node.source);
  const isSelected = current.source === node.source.id && current.table === undefined;
  return (
    <Link
      href={paths.source(node.source.id)}
      {...common}
      aria-expanded={node.isOpen}
      aria-level={1}
      aria-selected={isSelected}
    >
      <button
        type="button"
        tabIndex={-1}
        className={styles['toggle']}
        aria-label={node.isOpen ? `Close ${node.source.name}` : `Open ${node.source.name}`}
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onToggle(!node.isOpen);
        }}
      >
        <Chevron isOpen={node.isOpen} />
      </button>
      <span className={styles['icon']}>
        <ConnectorIcon kind={node.source.kind} connector={connector} />
      </span>
      <span className={styles['name']} title={node.source.name}>
        {node.source.name}
      </span>
      <StateMark state={node.state} />
    </Link>
  );
}

function TableLine({ node, common, current }: Of<'table'>) {
  const paths = useDataPaths();
  const isSelected = current.source === node.source && current.table === node.table.id;
  const Icon = node.table.kind === 'view' ? IconEye : IconTable;
  return (
    <Link
      href={paths.table(node.source, node.table.id)}
      {...common}
      aria-level={node.depth + 1}
      aria-selected={isSelected}
    >
      <span className={styles['icon']}>
        <Icon size={14} />
      </span>
      <span className={styles['name']} title={node.table.comment ?? node.table.id}>
        {node.table.name}
      </span>
      {node.table.kind === 'view' && <VisuallyHidden>view</VisuallyHidden>}
    </Link>
  );
}

function StateMark({ state }: { readonly state: SourceState }) {
  if (state.kind === 'loading') return <Loader size={12} aria-label="Reading the tables" />;
  if (state.kind === 'ready') {
    return (
      <span className={styles['count']} title={`${state.schema.tables.length} tables`}>
        {state.schema.tables.length}
      </span>
    );
  }
  if (state.kind === 'without-tables') return null;
  return (
    <Tooltip label={state.message} multiline maw={320}>
      <span className={styles['failed']}>
        <IconAlertTriangle size={14} aria-label="Cannot be reached" />
      </span>
    </Tooltip>
  );
}

function Chevron({ isOpen }: { readonly isOpen: boolean }) {
  return isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />;
}

function indentOf(node: TreeNode): number {
  if (node.kind === 'table') return node.depth === 2 ? 46 : 28;
  return node.kind === 'schema' ? 20 : 4;
}
