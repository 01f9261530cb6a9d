import type { DataSourceInfo } from '@fettle/contract';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import { matchesSearch } from '../../home/matches-search.ts';

/** What is known of the structure of a data source. */
export type SourceState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'without-tables' }
  | { readonly kind: 'ready'; readonly schema: SchemaDescription };

/** A line of the tree. */
export type TreeNode =
  | {
      readonly kind: 'source';
      readonly key: string;
      readonly source: DataSourceInfo;
      readonly state: SourceState;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'schema';
      readonly key: string;
      readonly source: string;
      readonly name: string;
      readonly count: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'table';
      readonly key: string;
      readonly source: string;
      readonly table: TableDescription;
      readonly depth: number;
    }
  | { readonly kind: 'note'; readonly key: string; readonly text: string };

/** Which lines are open: sources are closed and schemas open until toggled. */
export interface TreeOptions {
  readonly search: string;
  readonly openSources: ReadonlySet<string>;
  readonly closedSchemas: ReadonlySet<string>;
}

/** The lines of the tree from top to bottom. A search opens everything and leaves only what matches. */
export function treeNodes(
  sources: readonly { readonly source: DataSourceInfo; readonly state: SourceState }[],
  options: TreeOptions,
): readonly TreeNode[] {
  return sources.flatMap((entry) => sourceNodes(entry, options));
}

function sourceNodes(
  entry: { readonly source: DataSourceInfo; readonly state: SourceState },
  options: TreeOptions,
): readonly TreeNode[] {
  const { source, state } = entry;
  const isSearching = options.search.trim() !== '';
  const isNameHit = isSearching && matchesSearch(options.search, [source.name]);
  const all = state.kind === 'ready' ? state.schema.tables : [];
  const tables = isSearching && !isNameHit ? all.filter((table) => matchesSearch(options.search, [table.id])) : all;
  if (isSearching && !isNameHit && tables.length === 0) return [];
  const isOpen = isSearching ? tables.length > 0 : options.openSources.has(source.id);
  const head: TreeNode = { kind: 'source', key: source.id, source, state, isOpen };
  if (!isOpen) return [head];
  if (state.kind !== 'ready') return [head];
  if (all.length === 0) return [head, { kind: 'note', key: `${source.id}:empty`, text: 'No tables yet' }];
  return [head, ...tableNodes(source.id, tables, options)];
}

function tableNodes(source: string, tables: readonly TableDescription[], options: TreeOptions): readonly TreeNode[] {
  const groups = groupBySchema(tables);
  const nodeOf = (table: TableDescription, depth: number): TreeNode => ({
    kind: 'table',
    key: `${source}/${table.id}`,
    source,
    table,
    depth,
  });
  if (groups.length <= 1) return tables.map((table) => nodeOf(table, 1));
  return groups.flatMap(({ name, members }) => {
    const key = `${source}#${name}`;
    const isOpen = options.search.trim() !== '' || !options.closedSchemas.has(key);
    const head: TreeNode = { kind: 'schema', key, source, name, count: members.length, isOpen };
    return isOpen ? [head, ...members.map((table) => nodeOf(table, 2))] : [head];
  });
}

/** Tables by schema, in order of first use. */
export function groupBySchema(
  tables: readonly TableDescription[],
): readonly { readonly name: string; readonly members: TableDescription[] }[] {
  const groups = new Map<string, TableDescription[]>();
  for (const table of tables) {
    const name = table.schema ?? '';
    groups.set(name, [...(groups.get(name) ?? []), table]);
  }
  return [...groups].map(([name, members]) => ({ name: name === '' ? 'Default' : name, members }));
}
