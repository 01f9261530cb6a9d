import {
  IconCheck,
  IconCircleDashed,
  IconClockHour4,
  IconPlayerPause,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { TestState } from './test-results.ts';
import runStyles from '../runs/runs.module.css';

const looks: Readonly<Record<TestState, { readonly text: string; readonly Icon: TablerIcon; readonly tone: string }>> =
  {
    passed: { text: 'Passed', Icon: IconCheck, tone: 'good' },
    failed: { text: 'Failed', Icon: IconX, tone: 'bad' },
    old: { text: 'Changed since it was run', Icon: IconClockHour4, tone: 'wait' },
    unknown: { text: 'Not run yet', Icon: IconCircleDashed, tone: 'quiet' },
    disabled: { text: 'Off', Icon: IconPlayerPause, tone: 'quiet' },
  };

/** How a test stands in words. */
export function testStateText(state: TestState): string {
  return looks[state].text;
}

/** How a test stands: an icon that has a name. */
export function TestMark({ state }: { readonly state: TestState }) {
  const { text, Icon, tone } = looks[state];
  return (
    <span className={runStyles['mark']} data-tone={tone} title={text}>
      <Icon size={14} aria-label={text} />
    </span>
  );
}
