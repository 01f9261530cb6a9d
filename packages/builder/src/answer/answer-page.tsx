import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { AppError } from '@fettle/base';
import { routes } from '@fettle/contract';
import { AnswerForm, type GivenAnswer } from '@fettle/runtime';
import { useClient } from '../api/client.ts';
import { EntryCard } from '../shell/entry-card.tsx';
import { ErrorState } from '../shell/error-state.tsx';

/** What a waiting flow asks of whoever has its link. */
export function AnswerPage({ token }: { readonly token: string }) {
  const client = useClient();
  const [given, setGiven] = useState<GivenAnswer>();
  const question = useQuery({
    queryKey: ['answer', token],
    queryFn: ({ signal }) => client.call(routes.flows.question, { params: { token }, signal }),
    staleTime: Infinity,
  });
  const answer = async (body: GivenAnswer): Promise<void> => {
    try {
      await client.call(routes.flows.answer, { params: { token }, body: { ...body } });
      setGiven(body);
    } catch (error) {
      // Somebody else was faster, or the time is over.
      if (!(error instanceof AppError) || error.code !== 'flow-answer.over') throw error;
      await question.refetch();
    }
  };
  if (question.isPending)
    return (
      <EntryCard title="One moment" lead="The question is being fetched.">
        <Loader size="sm" />
      </EntryCard>
    );
  if (question.isError) {
    const isUnknown = question.error instanceof AppError && question.error.kind === 'not-found';
    return isUnknown ? (
      <EntryCard title="This link leads nowhere" lead="The question may be long over, or the link may be cut short.">
        <Text size="sm">Ask whoever sent it for a new one.</Text>
      </EntryCard>
    ) : (
      <EntryCard title="The question could not be fetched" lead="Nothing has been answered.">
        <ErrorState error={question.error} />
        <Button variant="default" onClick={() => void question.refetch()}>
          Try again
        </Button>
      </EntryCard>
    );
  }
  const { kind, state, title = 'A flow waits for an answer', message, fields = [], deadline } = question.data;
  if (kind !== 'approval')
    return (
      <EntryCard title="This link is for another system" lead="A flow waits there for a call of the API.">
        <Text size="sm">There is nothing to do on this page.</Text>
      </EntryCard>
    );
  return (
    <EntryCard
      title={title}
      lead={deadline === undefined ? 'Your answer is needed.' : `To be answered by ${timeOf(deadline)}.`}
    >
      <Stack gap="md">
        {message !== undefined && (
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {message}
          </Text>
        )}
        {given !== undefined && (
          <Alert
            color={given.approved ? 'green' : 'gray'}
            title={given.approved ? 'Approved' : 'Refused'}
            role="status"
          >
            Thank you. The flow goes on; you can close this page.
          </Alert>
        )}
        {state === 'open' && given === undefined && <AnswerForm fields={fields} onAnswer={answer} />}
        {state === 'answered' && given === undefined && (
          <Alert color="gray" title="This has been answered">
            The first answer counts. Nothing is left to do.
          </Alert>
        )}
        {state === 'expired' && (
          <Alert color="yellow" title="The time to answer is over">
            The flow has gone on without an answer, or was cancelled.
          </Alert>
        )}
      </Stack>
    </EntryCard>
  );
}

const timeOf = (instant: number): string =>
  new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
