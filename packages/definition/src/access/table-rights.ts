import type { TableRights } from '../compiled.ts';
import type { AppAccess } from '../kinds/access.ts';
import type { TableVerb, UsedTable } from './extension-use.ts';
import { allows } from './visible-components.ts';

const verbs: readonly TableVerb[] = ['view', 'create', 'update', 'delete'];

interface Draft {
  readonly verbs: Set<TableVerb>;
  /** Undefined until a use names columns. */
  columns: 'all' | Set<string> | undefined;
}

/**
 * Rights on tables from what visible components use, with the app's explicit rules on top. Columns are the union of
 * what the uses list, and all of them once one use (other than to delete) lists none. A path through a relation (`album.title`) stays as it
 * is written: it opens that column of the related row when it is read through this table, and nothing of the related
 * table itself. An explicit rule decides one action; the columns still follow from the uses, and are all of them
 * where nothing visible uses the table.
 */
export function tableRights(
  access: AppAccess,
  roles: ReadonlySet<string>,
  used: readonly UsedTable[],
): Readonly<Record<string, TableRights>> {
  const drafts = new Map<string, Draft>();
  for (const use of used) addUse(drafts, use);
  for (const [reference, rules] of Object.entries(access.tables ?? {})) {
    const draft = draftOf(drafts, reference);
    for (const verb of verbs) {
      const rule = rules[verb];
      if (rule === undefined) continue;
      if (allows(rule, roles)) draft.verbs.add(verb);
      else draft.verbs.delete(verb);
    }
  }
  const open = [...drafts].filter(([, draft]) => draft.verbs.size > 0);
  open.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(open.map(([reference, draft]) => [reference, finish(draft)]));
}

function addUse(drafts: Map<string, Draft>, use: UsedTable): void {
  const draft = draftOf(drafts, use.reference);
  use.verbs.forEach((verb) => draft.verbs.add(verb));
  // Deleting a row reads and writes no column, so it must not open any.
  if (use.verbs.every((verb) => verb === 'delete')) return;
  if (use.columns === 'all' || draft.columns === 'all') draft.columns = 'all';
  else {
    draft.columns ??= new Set();
    for (const column of use.columns) draft.columns.add(column);
  }
}

function draftOf(drafts: Map<string, Draft>, reference: string): Draft {
  let draft = drafts.get(reference);
  if (draft === undefined) drafts.set(reference, (draft = { verbs: new Set(), columns: undefined }));
  return draft;
}

function finish(draft: Draft): TableRights {
  return {
    view: draft.verbs.has('view'),
    create: draft.verbs.has('create'),
    update: draft.verbs.has('update'),
    delete: draft.verbs.has('delete'),
    columns: draft.columns === undefined || draft.columns === 'all' ? 'all' : [...draft.columns].sort(),
  };
}
