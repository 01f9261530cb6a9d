import { NumberInput, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import type { Query } from '@fettle/definition';
import { RolePicker } from '../panels/access/role-picker.tsx';
import { PanelSection } from '../panels/panel.tsx';
import type { QueryChanges } from './query-edit.ts';

/** When a query runs, its limits, and who may call it. */
export function QueryOptions({
  query,
  onUpdate,
}: {
  readonly query: Query;
  readonly onUpdate: (changes: QueryChanges, key?: string) => void;
}) {
  const isWrite = query.mode === 'write';
  return (
    <Stack gap="md" maw={420}>
      <PanelSection title="When it runs">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="When it runs"
          disabled={isWrite}
          data={[
            { value: 'load', label: 'By itself' },
            { value: 'manual', label: 'By an action' },
          ]}
          value={query.run}
          onChange={(run) => onUpdate({ run: run as Query['run'] })}
        />
        <Text size="xs" c="dimmed">
          {isWrite
            ? 'A query that writes runs only when an action says so.'
            : 'By itself: where a screen uses it, and again when its parameters change.'}
        </Text>
      </PanelSection>
      <PanelSection title="Who may call it">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Who may call it"
          data={[
            { value: 'uses', label: 'Who sees what uses it' },
            { value: 'roles', label: 'Some roles' },
          ]}
          value={query.access === undefined ? 'uses' : 'roles'}
          onChange={(next) => onUpdate({ access: next === 'uses' ? null : { roles: ['basic'] } })}
        />
        {query.access !== undefined && (
          <RolePicker label="Roles" value={query.access.roles} onChange={(roles) => onUpdate({ access: { roles } })} />
        )}
      </PanelSection>
      <PanelSection title="Limits">
        <NumberInput
          label="Time limit in seconds"
          placeholder="As the server says"
          min={0.1}
          max={300}
          decimalScale={1}
          value={query.timeoutMs === undefined ? '' : query.timeoutMs / 1000}
          onChange={(seconds) =>
            onUpdate(
              {
                timeoutMs:
                  typeof seconds === 'number' ? Math.max(100, Math.min(300_000, Math.round(seconds * 1000))) : null,
              },
              'timeoutMs',
            )
          }
        />
        <NumberInput
          label="Rows at most"
          placeholder="As the server says"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={query.maxRows ?? ''}
          onChange={(rows) =>
            onUpdate({ maxRows: typeof rows === 'number' ? Math.max(1, Math.min(100_000, rows)) : null }, 'maxRows')
          }
        />
      </PanelSection>
      <PanelSection title="Notes for builders">
        <Textarea
          aria-label="Notes for builders"
          autosize
          minRows={2}
          maxLength={1000}
          value={query.description ?? ''}
          onChange={(event) =>
            onUpdate(
              { description: event.currentTarget.value === '' ? null : event.currentTarget.value },
              'description',
            )
          }
        />
      </PanelSection>
    </Stack>
  );
}
