import { UnstyledButton } from '@mantine/core';
import { LaneDot } from './board-lane.tsx';
import type { BoardLane } from './board-lanes.ts';
import styles from './kanban.module.css';

/** On phones one column is shown at a time: which one. */
export function LanePicker(props: {
  readonly lanes: readonly BoardLane[];
  readonly counts: readonly (number | undefined)[];
  readonly shown: BoardLane | undefined;
  onShow(lane: string): void;
}) {
  return (
    <div className={styles.picker} role="group" aria-label="Column">
      {props.lanes.map((lane, index) => (
        <UnstyledButton
          key={lane.id}
          className={styles.pick}
          aria-pressed={props.shown?.id === lane.id}
          onClick={() => props.onShow(lane.id)}
        >
          <LaneDot lane={lane} />
          {lane.label}
          <span className={styles.count}>{props.counts[index] ?? ''}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}
