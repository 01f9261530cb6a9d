import { useEffect } from 'react';
import type { RowsState } from '@fettle/sdk/react';
import { useHost } from '@fettle/sdk/react';
import type { FrameRights } from './frame-rights.ts';
import type { FrameSession, WantedRows } from './frame-session.ts';
import type { SentRows } from './protocol.ts';
import { sendableError } from './sent-error.ts';

interface Props {
  readonly list: number;
  readonly wanted: WantedRows;
  readonly rights: FrameRights;
  readonly session: FrameSession;
  /** Keeps what refreshes these rows and gets more of them. */
  readonly keep: (list: number, acts: Pick<RowsState, 'refresh' | 'loadMore'> | undefined) => void;
}

/** Rows that a component in a frame asked for: followed here, as any component would, and sent to it. */
export function RowsRelay(props: Props) {
  const { wanted, rights, session, list } = props;
  const refusal = refusalOf(wanted, rights);
  useEffect(() => {
    if (refusal !== undefined) session.sendRows(list, { ...nothing, error: sendableError(refusal) });
    // The same refusal is told once.
  }, [session, list, refusal === undefined]);
  return refusal === undefined ? <AllowedRows {...props} /> : null;
}

function AllowedRows({ list, wanted, session, keep }: Props) {
  const { rows, table, total, isEstimate, hasMore, isLoading, isFetching, error, refresh, loadMore } =
    useHost().useRows(wanted.setting, wanted.options);
  useEffect(() => {
    session.sendRows(list, {
      rows,
      hasMore,
      isLoading,
      isFetching,
      ...(table === undefined ? {} : { table }),
      ...(total === undefined ? {} : { total }),
      ...(isEstimate === undefined ? {} : { isEstimate }),
      ...(error === undefined ? {} : { error: sendableError(error) }),
    });
  }, [session, list, rows, table, total, isEstimate, hasMore, isLoading, isFetching, error]);
  useEffect(() => {
    keep(list, { refresh, loadMore });
    return () => keep(list, undefined);
  }, [keep, list, refresh, loadMore]);
  return null;
}

const nothing: SentRows = { rows: [], hasMore: false, isLoading: false, isFetching: false };

function refusalOf({ setting }: WantedRows, rights: FrameRights): unknown {
  try {
    if (setting.kind === 'table') rights.assertTable(setting, 'view');
    if (setting.kind === 'query') rights.assertQuery(setting.query);
    return undefined;
  } catch (error) {
    return error;
  }
}
