import { Portal, VisuallyHidden } from '@mantine/core';
import type { Row } from '@fettle/sdk';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useCallback, useId, useRef, useState } from 'react';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { isFilter } from '../inputs/filter-draft.ts';
import { LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { BoardCard, CardContent } from './board-card.tsx';
import { BoardLaneView } from './board-lane.tsx';
import { boardLanes, cardsOf, type BoardLane, type Card } from './board-lanes.ts';
import { cardTexts } from './card-texts.ts';
import { LanePicker } from './lane-picker.tsx';
import type { KanbanSettings } from './manifest.ts';
import { useCardDrag } from './use-card-drag.ts';
import { useCardKeys } from './use-card-keys.ts';
import { useCardMoves, type LaneReport } from './use-card-moves.ts';
import styles from './kanban.module.css';

/** Implementation of `core/kanban`. */
export function Kanban({ settings }: ComponentProps<KanbanSettings>) {
  const host = useHost();
  const { data, groupBy = '' } = settings;
  const isTable = data?.kind === 'table';
  const table = isTable ? host.data.describe(data) : undefined;
  // Rows that do not come from a table arrive whole and are dealt out here.
  const whole = host.useRows(isTable ? undefined : data, { pageSize: 1000 });
  const lanes = boardLanes(settings, table, whole.rows);
  const [loaded, setLoaded] = useState<Readonly<Record<string, LaneReport>>>({});
  const onReport = useCallback(
    (lane: string, report: LaneReport) => setLoaded((all) => ({ ...all, [lane]: report })),
    [],
  );
  const reports = isTable ? loaded : dealOut(lanes, whole, groupBy);
  useMethod('refresh', () => {
    if (isTable) Object.values(loaded).forEach((report) => report.refresh());
    else whole.refresh();
  });

  if (data === undefined || groupBy === '') {
    if (host.mode === 'run') return null;
    const hint = data === undefined ? 'Choose the data to show' : 'Choose the field whose values make the columns';
    return <Placeholder icon="layout-kanban" hint={hint} />;
  }
  if (!isTable && whole.isLoading) return <LoadingLines count={4} height={48} />;
  if (!isTable && whole.error !== undefined && whole.rows.length === 0)
    return <LoadError error={whole.error} onRetry={whole.refresh} />;
  return <Board settings={settings} lanes={lanes} reports={reports} isLocal={!isTable} onReport={onReport} />;
}

function Board(props: {
  readonly settings: KanbanSettings;
  readonly lanes: readonly BoardLane[];
  readonly reports: Readonly<Record<string, LaneReport>>;
  readonly isLocal: boolean;
  onReport(lane: string, report: LaneReport): void;
}) {
  const { settings, lanes, reports } = props;
  const host = useHost();
  const place = settings.data?.kind === 'table' ? settings.data : undefined;
  const table = place === undefined ? undefined : host.data.describe(place);
  const board = useRef<HTMLDivElement>(null);
  const hint = useId();
  const [selected, setSelected] = useState<Row | null>(null);
  const [phoneLane, setPhoneLane] = useState<string | undefined>();
  const click = useEvent('cardClick');
  const { allowMove, groupBy = '' } = settings;
  const moves = useCardMoves({ place, table, groupBy, allowMove, reports });
  const keys = useCardKeys({
    board,
    lanes,
    move: moves.move,
    nameOf: (card) => cardTexts(settings, card, table, host).title,
  });
  const drag = useCardDrag({ board, lanes, onDrop: moves.move });
  const counts = lanes.map((lane) => moves.count(lane, reports[lane.id]));
  useExposed({ selectedRow: selected, total: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) });
  const filter = isFilter(settings.filter) ? settings.filter : undefined;
  const shownLane = lanes.find(({ id }) => id === phoneLane) ?? lanes[0];
  const over = drag.drag?.over ?? keys.carried?.to.id;

  const renderCard = (lane: BoardLane) => (card: Card) => (
    <BoardCard
      key={card.id}
      id={card.id}
      texts={cardTexts(settings, card, table, host)}
      isCarried={keys.carried?.card.id === card.id}
      isAway={drag.drag?.card.id === card.id}
      isClickable={click.isActive}
      hint={hint}
      targets={moves.move === undefined ? [] : lanes.filter(({ id }) => id !== lane.id)}
      onMove={(to) => keys.drop(card, lane, to)}
      onClick={() => {
        if (drag.wasDragged() || host.mode === 'design') return;
        setSelected(card.row);
        void click.run({ row: card.row });
      }}
      onPointerDown={(event) => drag.press(event, card, lane)}
      onKeyDown={(event) => keys.onKeyDown(event, card, lane)}
      onBlur={keys.cancel}
    />
  );
  return (
    <div className={styles.frame}>
      <LanePicker lanes={lanes} counts={counts} shown={shownLane} onShow={setPhoneLane} />
      <div ref={board} className={styles.board} data-dragging={drag.drag !== undefined || undefined}>
        {lanes.map((lane, index) => (
          <BoardLaneView
            key={lane.id}
            settings={settings}
            lane={lane}
            local={props.isLocal ? reports[lane.id] : undefined}
            filter={filter}
            isOver={over === lane.id}
            isShownOnPhone={shownLane?.id === lane.id}
            count={counts[index]}
            cards={moves.shown(lane, reports[lane.id])}
            renderCard={renderCard(lane)}
            onReport={props.onReport}
          />
        ))}
      </div>
      {moves.move !== undefined && (
        <VisuallyHidden id={hint}>Space takes the card up to move it to another column.</VisuallyHidden>
      )}
      <VisuallyHidden role="status" aria-live="assertive">
        {keys.said}
      </VisuallyHidden>
      {drag.drag !== undefined && (
        <Portal>
          <div className={styles.ghost} style={{ left: drag.drag.left, top: drag.drag.top, width: drag.drag.width }}>
            <CardContent texts={cardTexts(settings, drag.drag.card, table, host)} hasMenu={false} />
          </div>
        </Portal>
      )}
    </div>
  );
}

function dealOut(
  lanes: readonly BoardLane[],
  whole: { readonly rows: readonly Row[]; readonly isFetching: boolean; refresh(): void },
  groupBy: string,
): Readonly<Record<string, LaneReport>> {
  const cards = cardsOf(undefined, whole.rows);
  return Object.fromEntries(
    lanes.map((lane) => {
      const own = cards.filter(({ row }) => (row[groupBy] ?? null) === lane.value);
      return [lane.id, { cards: own, total: own.length, isFetching: whole.isFetching, refresh: whole.refresh }];
    }),
  );
}
