import { ActionIcon, Button, Loader, SegmentedControl, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useHost } from '@fettle/sdk/react';
import styles from './calendar.module.css';
import { formatDay, type Day } from './days.ts';

/** The month in sight, ways to others, and the choice of the view. */
export function Toolbar(props: {
  readonly month: Day;
  readonly view: 'month' | 'list';
  readonly canSwitch: boolean;
  readonly isFetching: boolean;
  readonly onMove: (months: number) => void;
  readonly onToday: () => void;
  readonly onView: (view: 'month' | 'list') => void;
}) {
  const host = useHost();
  return (
    <div className={styles.toolbar}>
      <Text component="h3" className={styles.month} aria-live="polite">
        {formatDay(props.month, host.locale, { month: 'long', year: 'numeric' })}
      </Text>
      {props.isFetching && <Loader size={14} aria-label="Loading" />}
      <div className={styles.ways}>
        {props.canSwitch && (
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={props.view}
            onChange={(value) => props.onView(value as 'month' | 'list')}
            data={[
              { value: 'month', label: 'Month' },
              { value: 'list', label: 'List' },
            ]}
          />
        )}
        <Button size="compact-sm" variant="default" onClick={props.onToday}>
          Today
        </Button>
        <ActionIcon variant="default" size={28} aria-label="Previous month" onClick={() => props.onMove(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size={28} aria-label="Next month" onClick={() => props.onMove(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}
