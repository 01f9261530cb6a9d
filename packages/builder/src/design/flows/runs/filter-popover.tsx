import { useState } from 'react';
import { Button, Group, Indicator, NumberInput, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { runOrigins, type RunOrigin } from '@fettle/contract';
import { countOfFilter, type RunsFilter } from './runs-filter.ts';

const hour = 3_600_000;
const spans = [
  { value: String(hour), label: 'The last hour' },
  { value: String(24 * hour), label: 'The last 24 hours' },
  { value: String(7 * 24 * hour), label: 'The last 7 days' },
  { value: String(30 * 24 * hour), label: 'The last 30 days' },
  { value: 'between', label: 'Between…' },
];

const origins: Readonly<Record<RunOrigin, string>> = {
  app: 'An app',
  draft: 'A test run',
  schedule: 'A schedule',
  row: 'A changed row',
  webhook: 'A webhook',
  event: 'Something in Fettle',
  source: 'A system outside',
  flow: 'Another flow',
  rerun: 'Somebody, again',
  retry: 'A retry of failed runs',
};

/** What started a run, in words. */
export function originText(origin: RunOrigin): string {
  return origins[origin];
}

/** The filters that are not always in sight. */
export function FilterPopover({
  filter,
  onChange,
}: {
  readonly filter: RunsFilter;
  readonly onChange: (filter: RunsFilter) => void;
}) {
  const count = countOfFilter(filter);
  const [isBetween, setIsBetween] = useState(filter.after !== undefined || filter.before !== undefined);
  const change = (changes: { readonly [K in keyof RunsFilter]?: RunsFilter[K] | undefined }): void =>
    onChange(Object.fromEntries(Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== undefined)));
  return (
    <Popover position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <Indicator disabled={count === 0} label={count} size={14}>
          <Button
            size="xs"
            variant="default"
            px={8}
            aria-label={count === 0 ? 'More filters' : `More filters, ${count} set`}
          >
            <IconFilter size={14} />
          </Button>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Select
            size="xs"
            label="Started in"
            placeholder="Any time"
            clearable
            data={spans}
            value={isBetween ? 'between' : filter.lastMs === undefined ? null : String(filter.lastMs)}
            onChange={(value) => {
              setIsBetween(value === 'between');
              change({
                lastMs: value === null || value === 'between' ? undefined : Number(value),
                after: undefined,
                before: undefined,
              });
            }}
          />
          {isBetween && (
            <Group grow gap="xs">
              <MomentInput label="From" value={filter.after} onChange={(after) => change({ after })} />
              <MomentInput label="Until" value={filter.before} onChange={(before) => change({ before })} />
            </Group>
          )}
          <Group grow gap="xs">
            <SecondsInput label="Took at least" value={filter.minMs} onChange={(minMs) => change({ minMs })} />
            <SecondsInput label="At most" value={filter.maxMs} onChange={(maxMs) => change({ maxMs })} />
          </Group>
          <Select
            size="xs"
            label="Started by"
            placeholder="Anything"
            clearable
            data={runOrigins.map((value) => ({ value, label: originText(value) }))}
            value={filter.origin ?? null}
            onChange={(value) => change({ origin: (value ?? undefined) as RunOrigin | undefined })}
          />
          <TextInput
            size="xs"
            label="Person"
            placeholder="Part of an e-mail address"
            maxLength={200}
            value={filter.actor ?? ''}
            onChange={(event) => change({ actor: event.currentTarget.value || undefined })}
          />
          <Select
            size="xs"
            label="Environment"
            placeholder="Both"
            clearable
            data={[
              { value: 'production', label: 'Live' },
              { value: 'development', label: 'Test' },
            ]}
            value={filter.environment ?? null}
            onChange={(value) => change({ environment: (value ?? undefined) as RunsFilter['environment'] })}
          />
          {count > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              style={{ justifySelf: 'start' }}
              onClick={() => {
                setIsBetween(false);
                const { isAll, state, text } = filter;
                onChange({
                  ...(isAll === undefined ? {} : { isAll }),
                  ...(state === undefined ? {} : { state }),
                  ...(text === undefined ? {} : { text }),
                });
              }}
            >
              Clear these filters
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function SecondsInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      size="xs"
      label={label}
      suffix=" s"
      min={0}
      max={100_000_000}
      decimalScale={3}
      value={value === undefined ? '' : value / 1000}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * 1000) : undefined)}
    />
  );
}

function MomentInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  const pad = (time: number): string => {
    const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, 16);
  };
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={label}
      value={value === undefined ? '' : pad(value)}
      onChange={(event) => {
        const time = Date.parse(event.currentTarget.value);
        onChange(Number.isFinite(time) ? time : undefined);
      }}
    />
  );
}
