import { useEffect, useState } from 'react';
import type { Json } from '@fettle/base';
import type { TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';
import { conflictRow, describeFailure, keyOf } from '../table/use-cell-editing.ts';
import type { BoardLane, Card } from './board-lanes.ts';

/** What a lane has loaded, as far as the board needs to know. */
export interface LaneReport {
  readonly cards: readonly Card[];
  readonly total: number | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

interface Move {
  readonly card: Card;
  readonly from: string;
  readonly to: string;
  readonly value: Json;
  /** The server has it: the rows that come next show it by themselves. */
  readonly isStored: boolean;
}

/** Moves of cards: shown at once, written with what was seen before, taken back when refused. */
export interface CardMoves {
  /** Undefined for who may not change the rows. */
  readonly move: ((card: Card, from: BoardLane, to: BoardLane) => void) | undefined;
  /** The cards of a lane, with moves on their way to the server. */
  shown(lane: BoardLane, report: LaneReport | undefined): readonly Card[];
  /** How many rows a lane has, with moves on their way to the server. */
  count(lane: BoardLane, report: LaneReport | undefined): number | undefined;
}

/** See {@link CardMoves}. */
export function useCardMoves(options: {
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly groupBy: string;
  readonly allowMove: boolean;
  readonly reports: Readonly<Record<string, LaneReport>>;
}): CardMoves {
  const { place, table, groupBy, allowMove, reports } = options;
  const host = useHost();
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map());

  const setMove = (id: string, move: Move | undefined): void =>
    setMoves((all) => {
      const next = new Map(all);
      if (move === undefined) next.delete(id);
      else next.set(id, move);
      return next;
    });

  // A move is over when both lanes have loaded what the server holds.
  useEffect(() => {
    for (const [id, { from, to, isStored }] of moves) {
      const [source, target] = [reports[from], reports[to]];
      const hasLeft = source === undefined || source.cards.every((card) => card.id !== id);
      if (isStored && hasLeft && target?.isFetching !== true) setMove(id, undefined);
    }
  }, [moves, reports]);

  const write = async (card: Card, from: BoardLane, to: BoardLane): Promise<void> => {
    if (place === undefined || table === undefined) return;
    const known = { card, from: from.id, to: to.id, value: to.value };
    setMove(card.id, { ...known, isStored: false });
    try {
      const [stored] = await host.data.update(place, [
        { key: keyOf(table, card.row), values: { [groupBy]: to.value }, expected: { [groupBy]: from.value } },
      ]);
      setMove(card.id, { ...known, isStored: true });
      await host.emit('moved', { row: { ...card.row, ...stored }, from: from.value, to: to.value });
    } catch (error) {
      setMove(card.id, undefined);
      const isConflict = conflictRow(error) !== undefined;
      host.notify({
        kind: 'error',
        text: isConflict
          ? 'Somebody moved this card meanwhile. The board is up to date again.'
          : describeFailure(error),
      });
      if (isConflict) Object.values(reports).forEach((report) => report.refresh());
    }
  };

  const arrived = (lane: BoardLane, report: LaneReport | undefined): readonly Card[] =>
    [...moves.values()]
      .filter(({ card, to }) => to === lane.id && report?.cards.some(({ id }) => id === card.id) !== true)
      .map(({ card, value }) => ({ ...card, row: { ...card.row, [groupBy]: value } }));
  const left = (lane: BoardLane, report: LaneReport | undefined): readonly Card[] =>
    (report?.cards ?? []).filter(({ id }) => moves.get(id)?.from === lane.id);

  const isAllowed =
    allowMove && table?.writable === true && table.primaryKey.length > 0 && table.allowed?.update !== false;
  return {
    move:
      isAllowed && place !== undefined
        ? (card, from, to) => {
            if (host.mode === 'run' && from.id !== to.id) void write(card, from, to);
          }
        : undefined,
    shown: (lane, report) => {
      const gone = new Set(left(lane, report).map(({ id }) => id));
      return [...arrived(lane, report), ...(report?.cards ?? []).filter(({ id }) => !gone.has(id))];
    },
    count: (lane, report) =>
      report?.total === undefined
        ? undefined
        : Math.max(0, report.total + arrived(lane, report).length - left(lane, report).length),
  };
}
