import type { ReactNode } from 'react';
import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { FlowJournalEntry } from '@fettle/contract';
import { prettyValue } from '../../binding/preview-value.ts';
import { RunLink } from './run-links.tsx';
import styles from './runs.module.css';

/** What a step was given and what came of it. */
export function EntryDetails({
  entry,
  onAgain,
}: {
  readonly entry: FlowJournalEntry;
  /** Plays the run again from here. */
  readonly onAgain?: () => void;
}) {
  const { input, output, error, logs = [], attempt } = entry;
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
      {input !== undefined && (
        <Part title="Input">
          <pre className={styles['value']}>{prettyValue(input)}</pre>
        </Part>
      )}
      {output !== undefined && (
        <Part title={entry.state === 'previewed' ? 'What would be done' : 'Output'}>
          <pre className={styles['value']}>{prettyValue(output)}</pre>
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
      {error === undefined && input === undefined && output === undefined && logs.length === 0 && (
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
