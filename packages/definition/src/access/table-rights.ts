import { jsonEquals } from '@fettle/base';
import type { TableRights } from '../compiled.ts';
import type { AppAccess } from '../kinds/access.ts';
import { throughRelations, type TableVerb, type UsedTable } from './extension-use.ts';
import { allows } from './visible-components.ts';

const verbs: readonly TableVerb[] = ['view', 'create', 'update', 'delete'];

type Columns = 'all' | Set<string> | undefined;

interface Draft {
  readonly verbs: Set<TableVerb>;
  /** Undefined until a use names columns. */
  columns: Columns;
  /** What uses of all columns read of related rows. */
  readonly related: Set<string>;
  readonly written: { create: Columns; update: Columns };
}

/**
 * Rights on tables from what visible components use, with the app's explicit rules on top. Columns are the union of
 * what the uses list, and all of them once one use (other than to delete) lists none. A path through a relation (`album.title`) stays as it
 * is written: it opens that column of the related row when it is read through this table, and nothing of the related
 * table itself; where all columns are open, such paths stand beside them as `related`. What may be written follows from the uses that write: what a screen only shows cannot be changed. An explicit rule decides one action; the columns still follow from the uses, and are all of them
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
  draft.columns = join(draft.columns, use.columns);
  for (const column of [...(use.related ?? []), ...(use.columns === 'all' ? [] : throughRelations(use.columns))])
    draft.related.add(column);
  for (const verb of ['create', 'update'] as const) {
    if (use.verbs.includes(verb)) draft.written[verb] = join(draft.written[verb], use.written);
  }
}

function join(known: Columns, more: 'all' | readonly string[]): Columns {
  return known === 'all' || more === 'all' ? 'all' : new Set([...(known ?? []), ...more]);
}

function draftOf(drafts: Map<string, Draft>, reference: string): Draft {
  let draft = drafts.get(reference);
  if (draft === undefined) drafts.set(reference, (draft = newDraft()));
  return draft;
}

function newDraft(): Draft {
  return {
    verbs: new Set(),
    columns: undefined,
    related: new Set(),
    written: { create: undefined, update: undefined },
  };
}

function finish(draft: Draft): TableRights {
  const columns = listOf(draft.columns);
  const written = (verb: 'create' | 'update') =>
    draft.verbs.has(verb) && draft.written[verb] !== undefined ? listOf(draft.written[verb]) : columns;
  const [create, update] = [written('create'), written('update')];
  return {
    view: draft.verbs.has('view'),
    create: draft.verbs.has('create'),
    update: draft.verbs.has('update'),
    delete: draft.verbs.has('delete'),
    columns,
    // A list of columns holds them already.
    ...(columns === 'all' && draft.related.size > 0 ? { related: [...draft.related].sort() } : {}),
    ...(jsonEquals(create, columns) && jsonEquals(update, columns) ? {} : { written: { create, update } }),
  };
}

function listOf(columns: Columns): 'all' | readonly string[] {
  return columns === undefined || columns === 'all' ? 'all' : [...columns].sort();
}
