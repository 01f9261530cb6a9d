import { useEffect, useState } from 'react';
import { TextInput } from '@mantine/core';
import { isName } from '@fettle/base';

/** The name of a thing that expressions use. What is wrong with it is said while typing; it is taken over on leaving. */
export function NameField(props: {
  readonly label: string;
  readonly name: string;
  readonly isTaken: (name: string) => boolean;
  readonly onRename: (name: string) => void;
}) {
  const { name, onRename } = props;
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const problem = complain(text, props);
  const commit = (): void => {
    if (text !== name && problem === undefined) onRename(text);
    else setText(name);
  };
  return (
    <TextInput
      aria-label={props.label}
      spellCheck={false}
      value={text}
      error={problem ?? false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setText(name);
      }}
    />
  );
}

function complain(
  text: string,
  props: { readonly name: string; readonly isTaken: (name: string) => boolean },
): string | undefined {
  if (text === props.name) return undefined;
  if (!isName(text)) return 'Letters, digits and _; a letter first.';
  return props.isTaken(text) ? 'This name is taken.' : undefined;
}
