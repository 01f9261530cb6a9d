import type { StoreAccess } from '../../database/database.ts';
import type { App } from '@fettle/definition';
import { contentOf, loadStored, type AppContent } from '../apps/app-content.ts';
import type { AppRow } from '../apps/apps.store.ts';
import { readDocuments } from './drafts.store.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** A draft at one revision. */
export interface Draft extends AppContent {
  readonly revision: number;
}

/**
 * Drafts that were used lately, so that an edit need not load its app again. A draft is right for its revision for
 * good; whether the revision is still the newest is read from the store by whoever asks.
 */
export interface DraftMemory {
  /** The draft at the revision of `row`; `knex` must see `row` and the documents at the same point in time. */
  load(knex: StoreAccess, row: Pick<AppRow, 'id' | 'revision' | 'workspace_id'>): Promise<Draft>;
  remember(appId: string, draft: Draft): void;
  /** The app as it was at an older revision, where that is still at hand. */
  appAt(appId: string, revision: number): App | undefined;
  forget(appId: string): void;
  /** What apps are made of changed: the extensions of a workspace. */
  forgetAll(): void;
}

const maxApps = 40;
const maxRevisions = 200;

interface Remembered {
  readonly draft: Draft;
  /** Versions share whatever an edit did not touch, so keeping some costs little. */
  readonly older: Map<number, App>;
}

/** Makes the memory. */
export function createDraftMemory(catalogOf: CatalogOf): DraftMemory {
  const apps = new Map<string, Remembered>();
  const remember: DraftMemory['remember'] = (appId, draft) => {
    const known = apps.get(appId);
    if (known !== undefined && known.draft.revision > draft.revision) return;
    const older = known?.older ?? new Map<number, App>();
    older.set(draft.revision, draft.app);
    if (older.size > maxRevisions) older.delete(older.keys().next().value as number);
    apps.delete(appId);
    apps.set(appId, { draft, older });
    if (apps.size > maxApps) apps.delete(apps.keys().next().value as string);
  };
  return {
    remember,
    async load(knex, row) {
      const known = apps.get(row.id)?.draft;
      if (known?.revision === row.revision) return known;
      const app = loadStored(await readDocuments(knex, row.id), catalogOf(row.workspace_id), `The draft of ${row.id}`);
      const draft = { ...contentOf(app), revision: row.revision };
      remember(row.id, draft);
      return draft;
    },
    appAt: (appId, revision) => apps.get(appId)?.older.get(revision),
    forget: (appId) => void apps.delete(appId),
    forgetAll: () => apps.clear(),
  };
}
