import { TextInput } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import { instantToLocal, isInstantText, localToInstant, withSeconds } from './date-text.ts';
import { plainText } from './format-value.ts';
import { controlReference, mantineProps, type ControlProps } from './control-props.ts';

/** The kinds of date and time. */
export type DateKind = 'date' | 'time' | 'datetime' | 'timestamp';

const inputTypes: Readonly<Record<DateKind, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  timestamp: 'datetime-local',
};

/** What the browser's own date control shows for a value. */
export function toControlText(kind: DateKind, value: unknown, timeZone: string): string {
  const text = plainText(value);
  if (text === '') return '';
  if (kind === 'date') return text.slice(0, 10);
  if (kind === 'time') return trimSeconds(text.slice(0, 8));
  const local = isInstantText(text) ? instantToLocal(text, timeZone) : text.replace(' ', 'T').slice(0, 19);
  return trimSeconds(local);
}

function trimSeconds(text: string): string {
  return text.endsWith(':00') && text.split(':').length === 3 ? text.slice(0, -3) : text;
}

/** The value that an entry in the browser's date control stands for; null when it was cleared. */
export function fromControlText(kind: DateKind, text: string, timeZone: string): string | null {
  if (text === '') return null;
  if (kind === 'date') return text;
  if (kind === 'time') return withSeconds(text);
  const local = `${text.slice(0, 11)}${withSeconds(text.slice(11))}`;
  return kind === 'datetime' ? local : (localToInstant(local, timeZone) ?? null);
}

/** A date, a time or both, in the browser's own control: small, and the right keyboard on phones. */
export function DateValueInput(
  props: ControlProps & {
    readonly kind: DateKind;
    readonly min?: string | undefined;
    readonly max?: string | undefined;
  },
) {
  const { kind } = props;
  const { timeZone } = useHost();
  const text = toControlText(kind, props.value, timeZone);
  const hasSeconds = /:\d{2}:\d{2}$/.test(text);
  return (
    <TextInput
      {...mantineProps(props)}
      {...controlReference<HTMLInputElement>(props)}
      type={inputTypes[kind]}
      readOnly={props.isReadOnly === true}
      {...(hasSeconds ? { step: 1 } : {})}
      {...(props.min === undefined || props.min === '' ? {} : { min: toControlText(kind, props.min, timeZone) })}
      {...(props.max === undefined || props.max === '' ? {} : { max: toControlText(kind, props.max, timeZone) })}
      value={text}
      onChange={(event) => props.onChange(fromControlText(kind, event.currentTarget.value, timeZone))}
    />
  );
}
