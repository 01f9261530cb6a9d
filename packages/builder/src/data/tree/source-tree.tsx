import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { ActionIcon, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Link, useLocation } from 'wouter';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useDataPaths, tableOfPath } from '../data-paths.ts';
import { hasTables, useConnectors, useDataSources, useSchemaQuery } from '../use-data.ts';
import { TreeLine } from './tree-line.tsx';
import { treeNodes, type SourceState, type TreeNode } from './tree-nodes.ts';
import styles from './tree.module.css';

/** The data sources of the workspace with their tables. */
export function SourceTree() {
  const paths = useDataPaths();
  const [search, setSearch] = useState('');
  const nodes = useTree(search);
  const sources = useDataSources();
  return (
    <>
      <div className={styles['head']}>
        <TextInput
          aria-label="Search tables"
          placeholder="Search tables"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          flex={1}
        />
        <Tooltip label="Add a data source">
          <ActionIcon
            component={Link}
            href={paths.newSource}
            variant="default"
            size={28}
            aria-label="Add a data source"
          >
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {sources.isPending ? (
        <Stack gap={6} px="sm">
          {[1, 2, 3, 4].map((number) => (
            <Skeleton key={number} height={22} />
          ))}
        </Stack>
      ) : (
        <Lines {...nodes} emptyText={search === '' ? 'No data source yet.' : 'No table matches.'} />
      )}
    </>
  );
}

function useTree(search: string) {
  const { id: workspaceId } = useWorkspace();
  const current = useCurrentPlace();
  const sources = useDataSources().data?.dataSources;
  const connectors = useConnectors().data?.connectors;
  const schemaQuery = useSchemaQuery();
  const withTables = (connector: string): boolean => hasTables(connectors?.find(({ id }) => id === connector));
  const schemas = useQueries({
    queries: (sources ?? []).map((source) => ({
      ...schemaQuery(source.id),
      enabled: connectors !== undefined && withTables(source.connector),
    })),
  });
  const [opened, setOpened] = useLocalStorage<Readonly<Record<string, boolean>>>({
    key: `fettle-data-tree-${workspaceId}`,
    defaultValue: {},
  });
  const entries = (sources ?? []).map((source, index) => {
    const query = schemas[index];
    const state: SourceState = !withTables(source.connector)
      ? { kind: 'without-tables' }
      : query?.data !== undefined
        ? { kind: 'ready', schema: query.data.schema }
        : query?.isError === true
          ? { kind: 'failed', message: query.error.message }
          : { kind: 'loading' };
    return { source, state };
  });
  const isOnly = entries.length === 1;
  const openSources = new Set(
    entries.map(({ source }) => source.id).filter((id) => opened[id] ?? (isOnly || id === current.source)),
  );
  const closedSchemas = new Set(Object.keys(opened).filter((key) => key.includes('#') && opened[key] === false));
  const nodes = treeNodes(entries, { search, openSources, closedSchemas });
  const toggle = (node: TreeNode, isOpen: boolean): void => {
    if (node.kind === 'source' || node.kind === 'schema') setOpened((before) => ({ ...before, [node.key]: isOpen }));
  };
  return { nodes, toggle, current };
}

function useCurrentPlace(): { readonly source?: string; readonly table?: string } {
  const [location] = useLocation();
  return useMemo(() => {
    const [, source, , table] = /\/data\/([^/]+)(\/tables\/([^/]+))?/.exec(location) ?? [];
    if (source === undefined || source === 'new') return {};
    return { source, ...(table === undefined ? {} : { table: tableOfPath(table) }) };
  }, [location]);
}

function Lines(props: ReturnType<typeof useTree> & { readonly emptyText: string }) {
  const { nodes, toggle, current, emptyText } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const lines = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    getItemKey: (index) => nodes[index]?.key ?? index,
    overscan: 12,
  });
  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(nodes.length - 1, index));
    setFocused(next);
    lines.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-line="${next}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const node = nodes[focused];
    const isBranch = node?.kind === 'source' || node?.kind === 'schema';
    if (event.key === 'ArrowDown') moveTo(focused + 1);
    else if (event.key === 'ArrowUp') moveTo(focused - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(nodes.length - 1);
    else if (event.key === 'ArrowRight' && isBranch && !node.isOpen) toggle(node, true);
    else if (event.key === 'ArrowLeft' && isBranch && node.isOpen) toggle(node, false);
    else if (event.key === 'ArrowLeft') moveTo(parentOf(nodes, focused));
    else return;
    event.preventDefault();
  };
  if (nodes.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="md" py="xs">
        {emptyText}
      </Text>
    );
  }
  return (
    <div ref={scroller} className={styles['list']}>
      <div
        role="tree"
        aria-label="Data sources"
        style={{ position: 'relative', height: lines.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {lines.getVirtualItems().map((item) => {
          const node = nodes[item.index];
          if (node === undefined) return null;
          return (
            <TreeLine
              key={item.key}
              node={node}
              index={item.index}
              top={item.start}
              isFocusable={item.index === Math.min(focused, nodes.length - 1)}
              current={current}
              onToggle={(isOpen) => toggle(node, isOpen)}
              onFocus={() => setFocused(item.index)}
            />
          );
        })}
      </div>
    </div>
  );
}

function parentOf(nodes: readonly TreeNode[], index: number): number {
  for (let at = index - 1; at >= 0; at -= 1)
    if (nodes[at]?.kind === 'source' || nodes[at]?.kind === 'schema') return at;
  return index;
}
