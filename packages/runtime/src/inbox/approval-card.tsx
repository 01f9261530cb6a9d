import { Alert, Badge, Button } from '@mantine/core';
import { labelFromName, type Json } from '@fettle/base';
import type { ApprovalInfo } from '@fettle/contract';
import { useId, useState } from 'react';
import { AnswerForm, type GivenAnswer } from './answer-form.tsx';
import styles from './approvals.module.css';
import { relativeTime } from './relative-time.ts';

interface CardProps {
  readonly approval: ApprovalInfo;
  /** Shows what is to be filled in from the start. */
  readonly isOpenAtFirst: boolean;
  /** Named where approvals of several apps stand together. */
  readonly showsApp: boolean;
  readonly onAnswer: (given: GivenAnswer) => Promise<void>;
}

/** One approval: what is asked, until when, and the answer, to be given or given. */
export function ApprovalCard({ approval, isOpenAtFirst, showsApp, onAnswer }: CardProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const title = useId();
  const { state, message, requestedBy, app, openedAt, escalation, isTrial } = approval;
  const facts = [
    ...(requestedBy === null ? [] : [`Asked by ${requestedBy}`]),
    ...(showsApp ? [app.name] : []),
    relativeTime(openedAt),
  ];
  return (
    <article className={styles.card} aria-labelledby={title} data-state={state}>
      <header className={styles.cardHead}>
        <h2 className={styles.cardTitle} id={title}>
          {approval.title}
        </h2>
        <Deadline approval={approval} />
      </header>
      <div className={styles.facts}>
        {facts.join(' · ')}
        {escalation.level > 0 && (
          <Badge size="sm" color="yellow" variant="light" title="Nobody answered in time, so others are asked as well.">
            {escalation.of > 1 ? `Escalated, ${escalation.level} of ${escalation.of}` : 'Escalated'}
          </Badge>
        )}
        {isTrial && (
          <Badge size="sm" color="gray" variant="light" title="Of a run of the draft">
            Trial
          </Badge>
        )}
      </div>
      {message !== null && <p className={styles.message}>{message}</p>}
      {state !== 'open' && <Outcome approval={approval} />}
      {state === 'open' &&
        (isOpen ? (
          <AnswerForm fields={approval.fields} onAnswer={onAnswer} />
        ) : (
          <div>
            <Button variant="default" aria-describedby={title} onClick={() => setOpen(true)}>
              Answer …
            </Button>
          </div>
        ))}
    </article>
  );
}

/** Below this it is urgent, in milliseconds. */
const soonMs = 86_400_000;

function isUrgent(deadline: number, now = Date.now()): boolean {
  return deadline - now < soonMs;
}

function Deadline({ approval: { state, deadline } }: { readonly approval: ApprovalInfo }) {
  if (state !== 'open' || deadline === null) return null;
  return (
    <Badge
      color={isUrgent(deadline) ? 'red' : 'gray'}
      variant="light"
      tt="none"
      title={timeOf(deadline)}
      className={styles.due ?? ''}
    >
      To be answered {relativeTime(deadline)}
    </Badge>
  );
}

function Outcome({ approval: { state, answer, deadline } }: { readonly approval: ApprovalInfo }) {
  if (answer !== null) {
    const by = answer.by === null ? '' : ` by ${answer.by}`;
    const values = Object.entries(answer.values);
    return (
      <Alert
        color={answer.approved ? 'green' : 'gray'}
        title={`${answer.approved ? 'Approved' : 'Refused'}${by}`}
        role="status"
      >
        <time dateTime={new Date(answer.at).toISOString()} title={timeOf(answer.at)}>
          {relativeTime(answer.at)}
        </time>
        {answer.comment !== null && <p className={styles.comment}>{answer.comment}</p>}
        {values.length > 0 && (
          <dl className={styles.values}>
            {values.map(([name, value]) => (
              <div key={name}>
                <dt>{labelFromName(name)}</dt>
                <dd>{inWords(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </Alert>
    );
  }
  if (state === 'expired')
    return (
      <Alert color="yellow" title="The time to answer is over" role="status">
        Nobody answered{deadline === null ? '' : ` until ${timeOf(deadline)}`}. The flow has gone on without an answer.
      </Alert>
    );
  return (
    <Alert color="gray" title="No longer needed" role="status">
      The flow ended before anybody answered.
    </Alert>
  );
}

function inWords(value: Json): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const timeOf = (instant: number): string =>
  new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
