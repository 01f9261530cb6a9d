import { useEffect, useState } from 'react';
import { TextInput } from '@mantine/core';

/** In which turn of its loops a step is meant: `2`, or `2, 1` for a loop in a loop. Empty: in each. */
export function TurnsField({
  value,
  onChange,
}: {
  readonly value: readonly number[] | undefined;
  readonly onChange: (turns: number[] | undefined) => void;
}) {
  const shown = value?.join(', ') ?? '';
  const [text, setText] = useState(shown);
  useEffect(() => setText((before) => (parse(before)?.join(', ') === shown ? before : shown)), [shown]);
  const isWrong = text.trim() !== '' && parse(text) === undefined;
  return (
    <TextInput
      size="xs"
      label="Turn"
      placeholder="Each"
      w={90}
      value={text}
      error={isWrong ? 'Such as 2' : false}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        if (next.trim() === '') onChange(undefined);
        else {
          const turns = parse(next);
          if (turns !== undefined) onChange(turns);
        }
      }}
    />
  );
}

function parse(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /^[1-9]\d{0,5}$/.test(part)) ? parts.map(Number) : undefined;
}
