import type { ReactNode } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { FlowJournalEntry } from '@fettle/contract';
import { prettyValue } from '../../binding/preview-value.ts';
import { durationText } from '../../../shell/duration-text.ts';
import { useWholeEntry, type WholeEntry } from './use-whole-entry.ts';
import { RunLink } from './run-links.tsx';
import styles from './runs.module.css';

/** What a step was given and what came of it. */
export function EntryDetails({
  entry,
  runId,
  onAgain,
}: {
  readonly entry: FlowJournalEntry;
  readonly runId: string;
  /** Plays the run again from here. */
  readonly onAgain?: () => void;
}) {
  const { error, logs = [], attempt, tries = [], omitted } = entry;
  const whole = useWholeEntry(runId, entry);
  const { input, output } = whole.entry;
  return (
    <div className={styles['inside']}>
      {entry.reusedFrom !== undefined && (
        <Text size="xs" c="dimmed">
          {'Played by '}
          <RunLink id={entry.reusedFrom}>another run</RunLink>
          {`, ${new Date(entry.startedAt).toLocaleString()}, and taken over.`}
        </Text>
      )}
      {error !== undefined && (
        <Part title="Error">
          <Text size="sm" c="red" role="alert">
            {error.message} {error.hint}
          </Text>
          <Text size="xs" c="dimmed">
            {error.code}
            {attempt > 1 && ` · ${attempt} attempts`}
          </Text>
        </Part>
      )}
      {tries.length > 0 && (
        <Part title="Attempts">
          {tries.map((one) => (
            <div key={one.attempt} className={styles['log']} data-level="warn">
              <span>{durationText(one.finishedAt - one.startedAt)}</span>
              <span>{`${one.attempt}. ${new Date(one.startedAt).toLocaleTimeString()} · ${one.error.message}`}</span>
            </div>
          ))}
        </Part>
      )}
      {input === undefined && <LargeValue title="Input" size={omitted?.input?.characters} whole={whole} />}
      {input !== undefined && (
        <Part title="Input">
          <pre className={styles['value']}>{prettyLarge(input)}</pre>
        </Part>
      )}
      {output === undefined && <LargeValue title="Output" size={omitted?.output?.characters} whole={whole} />}
      {output !== undefined && (
        <Part title={entry.state === 'previewed' ? 'What would be done' : 'Output'}>
          <pre className={styles['value']}>{prettyLarge(output)}</pre>
        </Part>
      )}
      {logs.length > 0 && (
        <Part title="Log">
          {logs.map((line, index) => (
            <div key={index} className={styles['log']} data-level={String(line['level'])}>
              <span>{typeof line['at'] === 'number' ? new Date(line['at']).toLocaleTimeString() : ''}</span>
              <span>{String(line['message'])}</span>
            </div>
          ))}
        </Part>
      )}
      {error === undefined &&
        omitted === undefined &&
        input === undefined &&
        output === undefined &&
        logs.length === 0 && (
          <Text size="xs" c="dimmed">
            It keeps no input and no output.
          </Text>
        )}
      {onAgain !== undefined && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={12} />}
          style={{ justifySelf: 'start' }}
          onClick={onAgain}
        >
          Run again from here
        </Button>
      )}
    </div>
  );
}

/** More of a value than this makes the page slow: the rest is in what is copied. */
const mostShown = 100_000;

function prettyLarge(value: unknown): string {
  const text = prettyValue(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** A value that is kept apart because of its size, until somebody wants to see it. */
function LargeValue({
  title,
  size,
  whole,
}: {
  readonly title: string;
  readonly size: number | undefined;
  readonly whole: WholeEntry;
}) {
  if (size === undefined) return null;
  return (
    <Part title={title}>
      <Group gap="xs">
        <Text size="xs" c={whole.error === undefined ? 'dimmed' : 'red'}>
          {whole.error ?? `${size.toLocaleString()} characters`}
        </Text>
        {!whole.isTooLarge && (
          <Button size="compact-xs" variant="default" loading={whole.isReading} onClick={whole.read}>
            Show
          </Button>
        )}
      </Group>
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      {children}
    </div>
  );
}
