import { Stack, Text } from '@mantine/core';
import { EntryDetails } from './entry-details.tsx';
import { StateMark, stateText } from './state-mark.tsx';
import { durationText } from '../../../shell/duration-text.ts';
import { useShownRun } from './use-runs.ts';

/** Turns of a loop that are shown of one step. */
const mostTurns = 20;

/** What became of a step in the run that is shown. */
export function StepRunTab({ step }: { readonly step: string }) {
  const shown = useShownRun();
  const entries = shown?.entries.filter(({ stepId, kind }) => stepId === step && kind !== 'result') ?? [];
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        The run that is shown has not come here.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {entries.slice(-mostTurns).map((entry) => (
        <div key={entry.path}>
          <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
            <StateMark state={entry.state} />
            <Text size="sm" fw={500}>
              {stateText(entry.state)}
            </Text>
            {entry.finishedAt !== undefined && (
              <Text size="xs" c="dimmed">
                {durationText(entry.finishedAt - entry.startedAt)}
              </Text>
            )}
          </div>
          <EntryDetails entry={entry} runId={shown?.run.id ?? ''} />
        </div>
      ))}
    </Stack>
  );
}
