import { useState } from 'react';
import { Alert, Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { AppError, labelFromName, type Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Parameter } from '@fettle/definition';
import { useClient } from '../api/client.ts';
import { ErrorState } from '../shell/error-state.tsx';
import { readField, type FieldText } from './read-field.ts';

interface Props {
  readonly token: string;
  readonly fields: readonly Parameter[];
  /** Somebody else was faster, or the time is over. */
  readonly onOver: () => void;
}

/** Approves or refuses. To refuse takes a second press: the answer cannot be taken back. */
export function AnswerForm({ token, fields, onOver }: Props) {
  const client = useClient();
  const [texts, setTexts] = useState<Readonly<Record<string, FieldText>>>(() => initialTexts(fields));
  const [comment, setComment] = useState('');
  const [isRefusing, setIsRefusing] = useState(false);
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const answer = useMutation({
    mutationFn: async (given: { readonly approved: boolean; readonly values: Readonly<Record<string, Json>> }) => {
      const body = { ...given, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) };
      await client.call(routes.flows.answer, { params: { token }, body });
      return given.approved;
    },
    onError: (error) => {
      if (error instanceof AppError && error.code === 'flow-answer.over') onOver();
    },
  });
  if (answer.isSuccess)
    return (
      <Alert color={answer.data ? 'green' : 'gray'} title={answer.data ? 'Approved' : 'Refused'} role="status">
        Thank you. The flow goes on; you can close this page.
      </Alert>
    );
  const approve = (): void => {
    const read = fields.map((field) => [field, readField(field, texts[field.name])] as const);
    const problems = Object.fromEntries(
      read.flatMap(([{ name }, { problem }]) => (problem === undefined ? [] : [[name, problem]])),
    );
    setMissing(problems);
    if (Object.keys(problems).length > 0) return;
    const values = Object.fromEntries(
      read.flatMap(([{ name }, { value }]) => (value === undefined ? [] : [[name, value]])),
    );
    answer.mutate({ approved: true, values });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        approve();
      }}
    >
      <Stack gap="md">
        {fields.map((field) => (
          <AnswerField
            key={field.name}
            field={field}
            text={texts[field.name]}
            problem={missing[field.name]}
            onChange={(text) => {
              setTexts((before) => ({ ...before, [field.name]: text }));
              setMissing(({ [field.name]: _mended, ...rest }) => rest);
            }}
          />
        ))}
        <Textarea
          label="Comment"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        {answer.isError && <ErrorState error={answer.error} title="The answer was not taken" />}
        {isRefusing ? (
          <Alert color="red" title="Refuse this?">
            <Stack gap="sm">
              An answer cannot be taken back.
              <Group gap="xs">
                <Button
                  color="red"
                  loading={answer.isPending}
                  autoFocus
                  onClick={() => answer.mutate({ approved: false, values: {} })}
                >
                  Yes, refuse
                </Button>
                <Button variant="default" onClick={() => setIsRefusing(false)}>
                  Go back
                </Button>
              </Group>
            </Stack>
          </Alert>
        ) : (
          <Group gap="xs" grow>
            <Button variant="default" onClick={() => setIsRefusing(true)} disabled={answer.isPending}>
              Refuse …
            </Button>
            <Button type="submit" loading={answer.isPending}>
              Approve
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function initialTexts(fields: readonly Parameter[]): Readonly<Record<string, FieldText>> {
  return Object.fromEntries(
    fields.map(({ name, type, default: value }) => [
      name,
      type === 'boolean' ? value === true : typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ]),
  );
}

function AnswerField(props: {
  readonly field: Parameter;
  readonly text: FieldText | undefined;
  readonly problem: string | undefined;
  readonly onChange: (text: FieldText) => void;
}) {
  const { field, text, problem, onChange } = props;
  const label = labelFromName(field.name);
  if (field.type === 'boolean')
    return (
      <Checkbox
        label={label}
        description={field.description}
        checked={text === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  const isNumber = field.type === 'integer' || field.type === 'number' || field.type === 'decimal';
  return (
    <TextInput
      label={label}
      description={field.description}
      withAsterisk={field.required === true}
      aria-required={field.required === true}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={isNumber ? 'decimal' : 'text'}
      error={problem}
      value={typeof text === 'string' ? text : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
