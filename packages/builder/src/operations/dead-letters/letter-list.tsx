import { Anchor, Checkbox, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { FlowHealth, FlowRunHead } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';
import { titleOfFlow } from '../use-operations.ts';
import styles from '../operations.module.css';

/** Dead letters with why they failed; each leads to its run. */
export function LetterList(props: {
  readonly appId: string;
  readonly letters: readonly FlowRunHead[];
  readonly flows: FlowHealth['flows'] | undefined;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}) {
  const { letters, chosen, onChoose } = props;
  const isAll = chosen.length === letters.length;
  return (
    <div className={styles['table']}>
      <div className={styles['chooseAll']}>
        <Checkbox
          size="xs"
          label={isAll ? 'Choose none' : `Choose the ${letters.length} shown`}
          checked={isAll}
          indeterminate={!isAll && chosen.length > 0}
          onChange={() => onChoose(isAll ? [] : letters.map(({ id }) => id))}
        />
      </div>
      <ul className={styles['letters']} aria-label="Dead letters">
        {letters.map((letter) => (
          <Letter
            key={letter.id}
            {...props}
            letter={letter}
            isChosen={chosen.includes(letter.id)}
            onToggle={() =>
              onChoose(chosen.includes(letter.id) ? chosen.filter((id) => id !== letter.id) : [...chosen, letter.id])
            }
          />
        ))}
      </ul>
    </div>
  );
}

function Letter(props: {
  readonly appId: string;
  readonly flows: FlowHealth['flows'] | undefined;
  readonly letter: FlowRunHead;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { appId, flows, letter } = props;
  const title = titleOfFlow(flows, letter.flowId);
  const at = new Date(letter.finishedAt ?? letter.createdAt);
  const { error } = letter;
  const step = error?.step === undefined ? undefined : `in “${error.step}”`;
  return (
    <li className={styles['letter']} data-chosen={props.isChosen ? '' : undefined}>
      <Checkbox
        size="xs"
        aria-label={`Choose ${title} of ${at.toLocaleString()}`}
        checked={props.isChosen}
        onChange={props.onToggle}
      />
      <div className={styles['letterWords']}>
        <Anchor component={Link} href={`/edit/${appId}/flows/${letter.flowId}/runs/${letter.id}`} size="sm" fw={500}>
          {title}
        </Anchor>
        <Text size="sm" lineClamp={2}>
          {error?.message ?? 'It failed.'}
        </Text>
        <Text size="xs" c="dimmed">
          <span title={at.toLocaleString()}>{relativeTime(at.toISOString())}</span>
          {step !== undefined && ` · ${step}`}
          {letter.rerunOf !== undefined && ' · was started again before'}
          {letter.startedBy !== null && ` · ${letter.startedBy}`}
        </Text>
      </div>
    </li>
  );
}
