import { Button, Group, Text } from '@mantine/core';
import styles from './stale-notice.module.css';

/** After other data was chosen: settings that still name columns of the data before, and the offer to reset them. */
export function StaleNotice(props: {
  readonly titles: readonly string[];
  readonly onReset: () => void;
  readonly onKeep: () => void;
}) {
  return (
    <div className={styles['notice']} role="status">
      <Text size="xs">
        {props.titles.join(', ')} {props.titles.length === 1 ? 'was' : 'were'} set for the data before.
      </Text>
      <Group gap={6} mt={4}>
        <Button size="compact-xs" variant="default" onClick={props.onReset}>
          Reset
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onKeep}>
          Keep
        </Button>
      </Group>
    </div>
  );
}
