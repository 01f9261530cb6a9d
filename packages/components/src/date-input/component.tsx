import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useEffect, useState } from 'react';
import { checkKind, checkRules } from '../inputs/check-value.ts';
import { DateValueInput, type DateKind } from '../inputs/date-value-input.tsx';
import { rulesOf } from '../inputs/rules-of.ts';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { dateInputManifest } from './manifest.ts';

type Settings = Static<typeof dateInputManifest.settings>;

/** Implementation of `core/date-input`. */
export function DateInput({ settings }: ComponentProps<Settings>) {
  const [kind, setKind] = useState<DateKind>(settings.kind === 'datetime' ? 'timestamp' : settings.kind);
  const field = useInputField({
    settings,
    initialValue: settings.defaultValue,
    validate: (value) => checkKind(kind, value) ?? checkRules(kind, rulesOf(settings), value),
  });
  const wanted = kindFor(settings.kind, field.column?.type);
  useEffect(() => setKind(wanted), [wanted]);
  return (
    <InputFrame field={field}>
      <DateValueInput {...controlOf(field)} kind={wanted} min={settings.min} max={settings.max} />
    </InputFrame>
  );
}

// A date and time is an instant, unless the column keeps times without a zone.
function kindFor(kind: Settings['kind'], column: string | undefined): DateKind {
  if (kind !== 'datetime') return kind;
  return column === 'datetime' ? 'datetime' : 'timestamp';
}
