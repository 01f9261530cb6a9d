import {
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconEye,
  IconHourglass,
  IconLoader2,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { FlowJournalEntry, FlowRunHead } from '@fettle/contract';
import styles from './runs.module.css';

type AnyState = FlowRunHead['state'] | FlowJournalEntry['state'];

const looks: Readonly<Record<AnyState, { readonly text: string; readonly Icon: TablerIcon; readonly tone: string }>> = {
  queued: { text: 'Queued', Icon: IconCircleDashed, tone: 'quiet' },
  running: { text: 'Running', Icon: IconLoader2, tone: 'busy' },
  started: { text: 'Running', Icon: IconLoader2, tone: 'busy' },
  waiting: { text: 'Waiting', Icon: IconHourglass, tone: 'wait' },
  succeeded: { text: 'Succeeded', Icon: IconCheck, tone: 'good' },
  previewed: { text: 'Shown, not done', Icon: IconEye, tone: 'wait' },
  failed: { text: 'Failed', Icon: IconX, tone: 'bad' },
  held: { text: 'Held', Icon: IconPlayerPause, tone: 'wait' },
  cancelled: { text: 'Cancelled', Icon: IconBan, tone: 'quiet' },
  unfinished: { text: 'Not finished', Icon: IconPlayerStop, tone: 'quiet' },
  skipped: { text: 'Skipped', Icon: IconPlayerSkipForward, tone: 'quiet' },
};

/** The state of a run or of a step in words. */
export function stateText(state: AnyState): string {
  return looks[state].text;
}

/** The state of a run or of a step: an icon that has a name. */
export function StateMark({ state, size = 14 }: { readonly state: AnyState; readonly size?: number }) {
  const { text, Icon, tone } = looks[state];
  return (
    <span className={styles['mark']} data-tone={tone}>
      <Icon size={size} aria-label={text} />
    </span>
  );
}
