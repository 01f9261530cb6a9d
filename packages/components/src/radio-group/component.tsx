import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Radio } from '@mantine/core';
import { useId, type RefObject } from 'react';
import { plainText } from '../inputs/format-value.ts';
import { useOptions } from '../inputs/use-options.ts';
import classes from './radio-group.module.css';
import { InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { radioGroupManifest } from './manifest.ts';

type Settings = Static<typeof radioGroupManifest.settings>;

/** Implementation of `core/radio-group`. */
export function RadioGroup({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue });
  const list = useOptions(settings, field.column);
  const group = useId();
  const error = field.error ?? list.error;
  return (
    <InputFrame field={field}>
      <Radio.Group
        name={group}
        {...(field.label === '' ? { 'aria-label': field.name } : { label: field.label })}
        {...(field.help === undefined ? {} : { description: field.help })}
        {...(error === undefined ? {} : { error, errorProps: { role: 'alert' } })}
        withAsterisk={field.isRequired}
        value={plainText(field.value)}
        onChange={(value) => field.set(list.toValue(value))}
        onBlur={field.touch}
        ref={field.controlRef as RefObject<HTMLDivElement | null>}
      >
        <div className={classes.options} data-direction={settings.direction}>
          {list.options.map((option) => (
            <Radio key={option.value} value={option.value} label={option.label} disabled={field.isDisabled} />
          ))}
          {list.options.length === 0 && (
            <span className={classes.nothing}>{list.isLoading ? 'Loading…' : 'No options yet'}</span>
          )}
        </div>
      </Radio.Group>
    </InputFrame>
  );
}
