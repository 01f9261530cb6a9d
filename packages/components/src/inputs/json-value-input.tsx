import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { jsonEquals } from '@fettle/base';
import { BrokenJson, checkJson } from './broken-json.ts';
import { controlReference, mantineProps, type ControlProps } from './control-props.ts';

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
