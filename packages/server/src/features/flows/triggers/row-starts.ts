import { matchesFilter, type Actor } from '@fettle/access';
import { jsonEquals, type Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import type { CapturedChange } from '@fettle/sdk/server';
import { guardOfRights, type GuardedTable } from '../../tables/column-guard.ts';
import { largestTrigger } from '../start-run.ts';
import type { StartOrder } from './start-orders.ts';
import type { RowWatch } from './trigger-index.ts';
import { causeOf, whoOf } from './who.ts';

/** A write, as far as its starts are concerned. */
export interface RowWrite {
  readonly place: GuardedTable;
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a change of a row starts: flows whose trigger it is, with as much of the row as each may read. */
export function startsOfChange(
  change: CapturedChange,
  watches: readonly RowWatch[],
  write: RowWrite,
): readonly StartOrder[] {
  return watches.filter((watch) => isMeant(change, watch)).map((watch) => orderOf(change, watch, write));
}

function isMeant(change: CapturedChange, watch: RowWatch): boolean {
  const { kind, before, after } = change;
  if (!watch.kinds.has(kind)) return false;
  if (kind === 'updated' && watch.columns.length > 0) {
    const changed = new Set(changedColumns(before, after));
    if (!watch.columns.some((column) => changed.has(column))) return false;
  }
  const { filter } = watch;
  if (filter !== undefined && !matchesFilter(after ?? before ?? {}, filter)) return false;
  if (before === null || after === null) return true;
  if (watch.before !== undefined && !matchesFilter(before, watch.before)) return false;
  return !(watch.isEntering && filter !== undefined && matchesFilter(before, filter));
}

function changedColumns(before: Row | null, after: Row | null): readonly string[] {
  if (before === null || after === null) return [];
  return Object.keys(after).filter((column) => !jsonEquals(before[column] ?? null, after[column] ?? null));
}

function orderOf(change: CapturedChange, watch: RowWatch, { place, actor, now }: RowWrite): StartOrder {
  const guard = guardOfRights(watch.rights, place);
  const seen = (row: Row | null): Row | null => (row === null ? null : guard.visible(row));
  const [before, after] = [seen(change.before), seen(change.after)];
  const { workspaceId, appId, releaseId, flowId } = watch;
  const trigger = {
    kind: change.kind,
    table: place.table.id,
    key: change.key,
    row: after ?? before,
    before: change.kind === 'updated' ? before : null,
    changed: changedColumns(before, after),
    at: new Date(now).toISOString(),
    by: whoOf(actor),
  };
  return {
    workspaceId,
    appId,
    releaseId,
    flowId,
    trigger: fit(trigger),
    ...causeOf(actor),
  };
}

interface RowTrigger extends Readonly<Record<string, Json>> {
  readonly row: Row | null;
  readonly before: Row | null;
}

/** A value that is longer is left out of what a run is started with when the whole would not fit. */
const longValue = 20_000;

/** What a run can hold: where rows are too large for it, their long values are left out and named. */
function fit(trigger: RowTrigger): Json {
  if (JSON.stringify(trigger).length < largestTrigger / 2) return trigger;
  const leftOut = new Set<string>();
  const shorten = (row: Row | null): Row | null =>
    row === null
      ? null
      : Object.fromEntries(
          Object.entries(row).map(([column, value]) => {
            if (JSON.stringify(value).length <= longValue) return [column, value];
            leftOut.add(column);
            return [column, null];
          }),
        );
  const shortened = { ...trigger, row: shorten(trigger.row), before: shorten(trigger.before) };
  return { ...shortened, leftOut: [...leftOut] };
}
