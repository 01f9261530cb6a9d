import { Button, Skeleton } from '@mantine/core';
import type { Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useEffect, type ReactNode } from 'react';
import { joinFilters } from '../inputs/filter-draft.ts';
import type { Filter } from '../inputs/filter-types.ts';
import { requestFor } from '../request-columns.ts';
import { LoadError } from '../states/data-states.tsx';
import { toneColor } from '../tone-color.ts';
import { cardsOf, laneFilter, type BoardLane, type Card } from './board-lanes.ts';
import type { KanbanSettings } from './manifest.ts';
import type { LaneReport } from './use-card-moves.ts';
import styles from './kanban.module.css';

const noRows: readonly Row[] = [];

/** A column of the board with its own rows: each loads, fails and grows by itself. */
export function BoardLaneView(props: {
  readonly settings: KanbanSettings;
  readonly lane: BoardLane;
  /** Rows that came whole with the board; undefined: the lane asks for its own. */
  readonly local: LaneReport | undefined;
  readonly filter: Filter | undefined;
  readonly isOver: boolean;
  readonly isShownOnPhone: boolean;
  readonly count: number | undefined;
  readonly cards: readonly Card[];
  renderCard(card: Card): ReactNode;
  onReport(lane: string, report: LaneReport): void;
}) {
  const { settings, lane, local, filter, count, cards, onReport } = props;
  const host = useHost();
  const isTable = local === undefined && settings.data?.kind === 'table';
  const own = laneFilter(settings.groupBy ?? '', lane);
  const state = host.useRows(isTable ? settings.data : undefined, {
    pageSize: settings.pageSize,
    total: 'exact',
    filter: joinFilters([own, filter]) ?? own,
    ...(settings.search === '' ? {} : { search: { text: settings.search } }),
    ...requestFor(host, settings.data, settings.columns),
  });
  const { rows, table, total, isFetching, isLoading, error, hasMore, refresh } = state;
  useEffect(() => {
    if (isTable && !isLoading) onReport(lane.id, { cards: cardsOf(table, rows), total, isFetching, refresh });
    // The rest follows from these. An empty list may be a new one in every render.
  }, [isTable, isLoading, rows.length === 0 ? noRows : rows, total, isFetching, lane.id]);

  const isFull = lane.limit !== undefined && count !== undefined && count > lane.limit;
  return (
    <section
      className={styles.lane}
      data-lane={lane.id}
      data-over={props.isOver || undefined}
      data-shown={props.isShownOnPhone || undefined}
      aria-label={lane.label}
    >
      <header className={styles.laneHead}>
        <LaneDot lane={lane} />
        <h3 className={styles.laneTitle}>{lane.label}</h3>
        <span
          className={styles.count}
          data-full={isFull || undefined}
          title={isFull ? `More than the ${lane.limit} that this column should hold` : undefined}
        >
          {count === undefined ? '' : lane.limit === undefined ? count : `${count} / ${lane.limit}`}
        </span>
      </header>
      {isTable && error !== undefined && <LoadError error={error} onRetry={refresh} />}
      {isTable && isLoading ? (
        <div className={styles.cards} role="status" aria-label="Loading" aria-busy="true">
          <Skeleton height={72} radius="md" />
          <Skeleton height={72} radius="md" />
        </div>
      ) : (
        <ul className={styles.cards} style={{ maxHeight: settings.height }} tabIndex={-1}>
          {cards.length === 0 && error === undefined && <li className={styles.none}>{settings.emptyText}</li>}
          {cards.map((card) => props.renderCard(card))}
          {hasMore && isTable && (
            <li>
              <Button fullWidth variant="subtle" size="compact-sm" loading={isFetching} onClick={state.loadMore}>
                Load more
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

/** The colour of a lane. */
export function LaneDot({ lane }: { readonly lane: BoardLane }) {
  const color = toneColor(lane.tone).color;
  return (
    <span
      className={styles.dot}
      style={{
        background:
          color === undefined ? 'var(--mantine-primary-color-filled)' : `var(--mantine-color-${color}-filled)`,
      }}
      aria-hidden
    />
  );
}
