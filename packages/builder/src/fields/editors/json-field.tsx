import { useEffect, useState } from 'react';
import { JsonInput } from '@mantine/core';
import { jsonEquals } from '@fettle/base';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

function JsonField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  const [text, setText] = useState(() => format(value));
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setText((before) => (jsonEquals(parse(before), value) ? before : format(value)));
  }, [value]);
  const change = (next: string): void => {
    setText(next);
    if (next.trim() === '') {
      setProblem(undefined);
      onChange(undefined);
      return;
    }
    const parsed = parse(next);
    setProblem(parsed === undefined ? 'This is not JSON yet.' : undefined);
    if (parsed !== undefined) onChange(parsed);
  };
  return (
    <JsonInput
      id={inputId}
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      error={problem}
      placeholder={item.hint.placeholder}
      disabled={isDisabled ?? false}
      onChange={change}
    />
  );
}

function format(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Any JSON, as text: what has no better editor. */
export const jsonField: FieldEditor = {
  id: 'json',
  rank: (item) =>
    Math.max(rankByHint('json')(item), item.schema.type === 'object' || item.schema.type === 'array' ? 5 : 0),
  Field: JsonField,
};
