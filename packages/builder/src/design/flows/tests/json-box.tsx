import { useEffect, useState } from 'react';
import { JsonInput } from '@mantine/core';
import { jsonEquals } from '@fettle/base';
import { checkSchema } from '@fettle/definition';
import type { TSchema } from 'typebox';

/** JSON as text. What is wrong with it is said below while typing; only what is right is taken over. */
export function JsonBox(props: {
  readonly label: string;
  readonly description?: string;
  readonly value: unknown;
  readonly schema?: TSchema;
  /** Empty text means that there is nothing. */
  readonly isOptional?: boolean;
  readonly minRows?: number;
  readonly onChange: (value: unknown) => void;
}) {
  const { value, schema, isOptional = false } = props;
  const [text, setText] = useState(() => format(value));
  useEffect(() => {
    setText((before) => (jsonEquals(parse(before).value, value) ? before : format(value)));
  }, [value]);
  const problem = complain(text, schema, isOptional);
  return (
    <JsonInput
      label={props.label}
      description={props.description}
      autosize
      minRows={props.minRows ?? 3}
      maxRows={16}
      spellCheck={false}
      value={text}
      error={problem}
      onChange={(next) => {
        setText(next);
        if (complain(next, schema, isOptional) === undefined) props.onChange(parse(next).value);
      }}
    />
  );
}

function format(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

interface Parsed {
  readonly value?: unknown;
  readonly isBroken?: true;
}

function parse(text: string): Parsed {
  if (text.trim() === '') return {};
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { isBroken: true };
  }
}

function complain(text: string, schema: TSchema | undefined, isOptional: boolean): string | undefined {
  if (text.trim() === '') return isOptional ? undefined : 'Write JSON, such as {}.';
  const { value, isBroken } = parse(text);
  if (isBroken === true) return 'This is not JSON yet.';
  const [problem] = schema === undefined ? [] : checkSchema(schema, value, '');
  return problem === undefined ? undefined : `${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`;
}
