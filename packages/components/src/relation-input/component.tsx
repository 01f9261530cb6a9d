import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useState } from 'react';
import type { RelationDescription } from '@fettle/sdk';
import { useForm, useHost, type ComponentHost } from '@fettle/sdk/react';
import { useExposed } from '../host-hooks.ts';
import type { RelationTarget } from '../inputs/control-props.ts';
import { RelationPicker } from '../inputs/relation-picker.tsx';
import { TextValueInput } from '../inputs/value-input.tsx';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { relationInputManifest } from './manifest.ts';

type Settings = Static<typeof relationInputManifest.settings>;

/** Implementation of `core/relation-input`. */
export function RelationInput({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const form = useForm();
  const [label, setLabel] = useState('');
  const field = useInputField({ settings, initialValue: settings.defaultValue });
  const target = targetOf({ settings, host, relation: field.relation, source: form?.dataSource });
  useExposed({ label });
  if (target === undefined) {
    return (
      <InputFrame field={field}>
        <TextValueInput
          {...controlOf(field)}
          kind="text"
          isDisabled
          placeholder={host.mode === 'design' ? 'Choose the rows to choose from in the settings' : 'Not available'}
        />
      </InputFrame>
    );
  }
  const filter = settings.data?.kind === 'table' ? settings.data.filter : undefined;
  return (
    <InputFrame field={field}>
      <RelationPicker
        {...controlOf(field, settings.placeholder)}
        relation={target}
        filter={filter}
        onPick={(option) => setLabel(option?.label ?? '')}
      />
    </InputFrame>
  );
}

function targetOf(options: {
  readonly settings: Settings;
  readonly host: ComponentHost;
  readonly relation: RelationDescription | undefined;
  readonly source: string | undefined;
}): RelationTarget | undefined {
  const { settings, host, relation, source } = options;
  const place =
    settings.data?.kind === 'table'
      ? { dataSource: settings.data.dataSource, table: settings.data.table }
      : relation === undefined || source === undefined
        ? undefined
        : { dataSource: source, table: relation.table };
  const table = place === undefined ? undefined : host.data.describe(place);
  if (place === undefined || table === undefined) return undefined;
  const keyColumn = settings.keyColumn || relation?.foreignColumns[0] || table.primaryKey[0];
  if (keyColumn === undefined) return undefined;
  return { place, keyColumn, labelColumn: settings.labelColumn || table.labelColumn || keyColumn };
}
