import { isJsonObject } from '@fettle/base';
import type { App } from '@fettle/definition';

/** An app that uses a data source, and which of its tables. */
export interface SourceUse {
  readonly id: string;
  readonly name: string;
  readonly tables: string[];
}

/** Answers which apps use a data source. */
export interface SourceUsage {
  of(workspaceId: string, dataSource: string): Promise<SourceUse[]>;
}

/** The apps of a workspace with the definitions that count: the draft and the live release. */
export type AppsOfWorkspace = (
  workspaceId: string,
) => Promise<readonly { readonly id: string; readonly name: string; readonly definitions: readonly App[] }[]>;

/** Looks through the definitions of all apps of the workspace. */
export function createSourceUsage(appsOf: AppsOfWorkspace): SourceUsage {
  return {
    of: async (workspaceId, dataSource) => {
      const uses: SourceUse[] = [];
      for (const { id, name, definitions } of await appsOf(workspaceId)) {
        const tables = new Set<string>();
        const isUsed = definitions.map((app) => collect(app, dataSource, tables)).some(Boolean);
        if (isUsed) uses.push({ id, name, tables: [...tables].sort() });
      }
      return uses;
    },
  };
}

// Settings of extensions that are not installed count as well, so every object is looked at, not only known ones.
function collect(root: App, dataSource: string, tables: Set<string>): boolean {
  let isUsed = false;
  const prefix = `${dataSource}/`;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
    } else if (isJsonObject(value)) {
      if (value['dataSource'] === dataSource) {
        isUsed = true;
        if (typeof value['table'] === 'string') tables.add(value['table']);
      }
      for (const [key, inner] of Object.entries(value)) {
        if (key.startsWith(prefix)) {
          isUsed = true;
          tables.add(key.slice(prefix.length));
        }
        visit(inner);
      }
    }
  };
  visit(root);
  return isUsed;
}
