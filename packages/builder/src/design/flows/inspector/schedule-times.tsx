import { useMemo } from 'react';
import { Stack, Table, Text } from '@mantine/core';
import { describeSchedule, parseSchedule, ticksBetween } from '@fettle/flow';
import { PanelSection } from '../../panels/panel.tsx';

const shown = 10;
/** Far enough for leap days that fall on a weekday, in milliseconds. */
const horizon = 40 * 366 * 86_400_000;

/** What the settings of a schedule mean: in words, and the next times. Nothing while they are not complete. */
export function ScheduleTimes({
  settings,
  now = Date.now,
}: {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly now?: () => number;
}) {
  const schedule = useMemo(() => {
    // A schedule starts as one by cron, in UTC: what the form shows before anything is chosen.
    const read = parseSchedule({ kind: 'cron', ...settings });
    return read.ok ? read.value : undefined;
  }, [settings]);
  const ticks = useMemo(() => {
    if (schedule === undefined) return [];
    const from = now();
    return ticksBetween(schedule, from, from + horizon, shown);
  }, [schedule, now]);
  if (schedule === undefined) return undefined;
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isElsewhere = own !== schedule.timeZone;
  return (
    <PanelSection title="When" hint="What the settings above mean.">
      <Stack gap="xs">
        <Text size="sm" data-schedule-words="">
          {describeSchedule(schedule)}
        </Text>
        {ticks.length === 0 ? (
          <Text size="sm" c="var(--fettle-danger-text)">
            Nothing starts any more: no time is left between the bounds and what is left out.
          </Text>
        ) : (
          <Table aria-label="Next times" withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} fz="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th fw={500}>Next, in {schedule.timeZone}</Table.Th>
                {isElsewhere && <Table.Th fw={500}>For you</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
              {ticks.map((tick) => (
                <Table.Tr key={tick}>
                  <Table.Td>{timeIn(tick, schedule.timeZone)}</Table.Td>
                  {isElsewhere && <Table.Td c="dimmed">{sameIn(tick, own, schedule.timeZone)}</Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </PanelSection>
  );
}

/** On a clock of 24 hours, as the words above have it. */
function timeIn(instant: number, timeZone: string): string {
  return `${dayIn(instant, timeZone)}, ${clockIn(instant, timeZone)}`;
}

function dayIn(instant: number, timeZone: string): string {
  const options = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(undefined, options).format(instant);
}

function clockIn(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(instant % 60_000 === 0 ? {} : { second: '2-digit' }),
    hourCycle: 'h23',
    timeZone,
  }).format(instant);
}

/** The same moment elsewhere: the day only where it is another. */
function sameIn(instant: number, timeZone: string, base: string): string {
  const isSameDay = dayIn(instant, timeZone) === dayIn(instant, base);
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone }).format(instant);
  return `${isSameDay ? '' : `${weekday}, `}${clockIn(instant, timeZone)}`;
}
