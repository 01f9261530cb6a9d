import { useMemo } from 'react';
import { useWorkspace } from '../shell/workspace.tsx';

/** The tabs of a table's page. */
export type TableTab = 'rows' | 'structure' | 'relations';

/** Addresses of the data pages. */
export interface DataPaths {
  readonly home: string;
  readonly newSource: string;
  source(dataSource: string): string;
  query(dataSource: string): string;
  settings(dataSource: string): string;
  table(dataSource: string, table: string, tab?: TableTab): string;
}

/** Addresses of the data pages of a workspace. Table ids may hold any character. */
export function dataPathsOf(slug: string): DataPaths {
  const home = `/w/${slug}/data`;
  return {
    home,
    newSource: `${home}/new`,
    source: (dataSource) => `${home}/${dataSource}`,
    query: (dataSource) => `${home}/${dataSource}/query`,
    settings: (dataSource) => `${home}/${dataSource}/settings`,
    table: (dataSource, table, tab = 'rows') =>
      `${home}/${dataSource}/tables/${encodeURIComponent(table)}${tab === 'rows' ? '' : `/${tab}`}`,
  };
}

/** Addresses of the data pages of this workspace. */
export function useDataPaths(): DataPaths {
  const { slug } = useWorkspace();
  return useMemo(() => dataPathsOf(slug), [slug]);
}

/** The table id out of an address. */
export function tableOfPath(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
