import { useState } from 'react';
import { Alert, Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { labelFromName, type AppError, type Json } from '@fettle/base';
import type { Parameter } from '@fettle/definition';
import { toAppError } from '../state/query-store.ts';
import { readField, type FieldText } from './read-field.ts';

/** What somebody answers with. */
export interface GivenAnswer {
  readonly approved: boolean;
  readonly comment?: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** Props of {@link AnswerForm}. */
export interface AnswerFormProps {
  readonly fields: readonly Parameter[];
  /** Rejects when the answer was not taken; what then stands in the form stays. */
  readonly onAnswer: (given: GivenAnswer) => Promise<void>;
}

/** Approves or refuses. To refuse takes a second press: the answer cannot be taken back. */
export function AnswerForm({ fields, onAnswer }: AnswerFormProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, FieldText>>>(() => initialTexts(fields));
  const [comment, setComment] = useState('');
  const [isRefusing, setIsRefusing] = useState(false);
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<AppError>();
  const [isPending, setPending] = useState(false);
  const answer = async (given: Pick<GivenAnswer, 'approved' | 'values'>): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await onAnswer({ ...given, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) });
    } catch (failure) {
      setError(toAppError(failure));
    } finally {
      setPending(false);
    }
  };
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
    void answer({ approved: true, values });
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
        {error !== undefined && (
          <Alert color="red" title="The answer was not taken" role="alert">
            {error.message} {error.hint}
          </Alert>
        )}
        {isRefusing ? (
          <Alert color="red" title="Refuse this?">
            <Stack gap="sm">
              An answer cannot be taken back.
              <Group gap="xs">
                <Button
                  color="red"
                  loading={isPending}
                  autoFocus
                  onClick={() => void answer({ approved: false, values: {} })}
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
            <Button variant="default" onClick={() => setIsRefusing(true)} disabled={isPending}>
              Refuse …
            </Button>
            <Button type="submit" loading={isPending}>
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
