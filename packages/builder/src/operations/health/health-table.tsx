import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { FlowHealth } from '@fettle/contract';
import { durationText } from '../../shell/duration-text.ts';
import { titleOfFlow } from '../use-operations.ts';
import { byTrouble, endedOf, failureText, underWayText, type FlowNumbers } from './health-numbers.ts';
import { SeriesBars } from './series-bars.tsx';
import styles from '../operations.module.css';

/** How each flow fares. On narrow windows each is a card with the same figures. */
export function HealthTable(props: {
  readonly appId: string;
  readonly health: FlowHealth;
  readonly lettersAddress: string;
}) {
  return (
    <div className={styles['table']}>
      <table className={styles['health']}>
        <caption className={styles['unseen']}>How each flow fares</caption>
        <thead>
          <tr>
            <th scope="col">Flow</th>
            <th scope="col">When runs ended</th>
            <th scope="col" className={styles['number']}>
              Runs
            </th>
            <th scope="col" className={styles['number']}>
              Failed
            </th>
            <th scope="col" className={styles['number']} title="Half, and 95 %, of the runs took no longer">
              Took
            </th>
            <th scope="col" className={styles['number']} title="Half, and 95 %, of the runs waited no longer to begin">
              Queued for
            </th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {byTrouble(props.health.flows).map((flow) => (
            <FlowRow key={flow.flow} {...props} flow={flow} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FlowRow(props: {
  readonly appId: string;
  readonly health: FlowHealth;
  readonly lettersAddress: string;
  readonly flow: FlowNumbers;
}) {
  const { appId, health, flow, lettersAddress } = props;
  const title = titleOfFlow(health.flows, flow.flow);
  const ended = endedOf(flow);
  const failed = failureText(flow);
  const underWay = underWayText(flow);
  return (
    <tr>
      <th scope="row">
        <Group gap={6} wrap="nowrap">
          {flow.name === undefined ? (
            <Text size="sm" c="dimmed" title={flow.flow}>
              {title}
            </Text>
          ) : (
            <Anchor
              component={Link}
              href={`/edit/${appId}/flows/${flow.flow}`}
              size="sm"
              className={styles['name'] ?? ''}
            >
              {title}
            </Anchor>
          )}
          {flow.isOff && (
            <Badge size="xs" variant="light" color="gray">
              Off
            </Badge>
          )}
        </Group>
      </th>
      <td data-label="When runs ended">
        <SeriesBars flow={flow} health={health} title={title} />
      </td>
      <td className={styles['number']} data-label="Runs">
        {ended.toLocaleString()}
      </td>
      <td className={styles['number']} data-label="Failed" data-tone={flow.failed > 0 ? 'bad' : undefined}>
        <div>
          {failed ?? '–'}
          {flow.deadLetters > 0 && (
            <Anchor
              component={Link}
              href={`${lettersAddress}?flow=${encodeURIComponent(flow.flow)}`}
              size="xs"
              display="block"
            >
              {flow.deadLetters.toLocaleString()} dead {flow.deadLetters === 1 ? 'letter' : 'letters'}
            </Anchor>
          )}
        </div>
      </td>
      <td className={styles['number']} data-label="Took">
        <Times of={flow.duration} />
      </td>
      <td className={styles['number']} data-label="Queued for">
        <Times of={flow.delay} />
      </td>
      <td data-label="Now">
        {underWay ?? (
          <Text component="span" size="sm" c="dimmed">
            idle
          </Text>
        )}
      </td>
    </tr>
  );
}

function Times({ of }: { readonly of: FlowNumbers['duration'] }) {
  if (of === undefined) return '–';
  return (
    <span title={`50 %: ${durationText(of.p50)} · 95 %: ${durationText(of.p95)} · 99 %: ${durationText(of.p99)}`}>
      {durationText(of.p50)}
      <Text component="span" size="xs" c="dimmed" display="block">
        95 %: {durationText(of.p95)}
      </Text>
    </span>
  );
}
