import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { jsonEquals } from '@fettle/base';
import { controlReference, mantineProps, type ControlProps } from './control-props.ts';

/** Text that could not be read as JSON: kept as the value so that nothing typed is lost and the check can refuse it. */
export class BrokenJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What is wrong with the value of a JSON input. */
export function checkJson(value: unknown): string | undefined {
  return value instanceof BrokenJson ? `This is not valid JSON${whyBroken(value.text)}.` : undefined;
}

function whyBroken(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const place = /line (\d+)/.exec(error instanceof Error ? error.message : '');
    return place === null ? '' : ` (line ${place[1] ?? ''})`;
  }
}

/** JSON as text, indented when the person leaves it. */
export function JsonValueInput(props: ControlProps & { readonly rows?: number }) {
  const { value, onChange } = props;
  const [text, setText] = useState(() => toText(value));
  const written = useRef(value);
  useEffect(() => {
    if (written.current === value || jsonEquals(written.current, value)) return;
    written.current = value;
    setText(toText(value));
  }, [value]);
  const write = (next: string): void => {
    setText(next);
    written.current = parse(next);
    onChange(written.current);
  };
  const error = props.error ?? checkJson(value);
  return (
    <Textarea
      {...mantineProps({ ...props, error })}
      {...controlReference<HTMLTextAreaElement>(props)}
      rows={props.rows ?? 6}
      resize="vertical"
      spellCheck={false}
      readOnly={props.isReadOnly === true}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => {
        if (!(written.current instanceof BrokenJson)) setText(toText(written.current));
        props.onBlur?.();
      }}
    />
  );
}

function parse(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return new BrokenJson(text);
  }
}

function toText(value: unknown): string {
  if (value instanceof BrokenJson) return value.text;
  return value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
}
