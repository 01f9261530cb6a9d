import { lazy, useState } from 'react';
import { Skeleton } from '@mantine/core';
import { Part } from '@fettle/runtime';
import { LiveValue } from './live-value.tsx';
import { useBindingScope, type BindingScope } from './binding-scope.ts';
import { ExpressionChip } from './expression-chip.tsx';

/** Loads the editor ahead of its first use, so that nothing typed meanwhile is lost. */
export function preloadBindingEditor(): void {
  // Whoever opens it hears of a failure.
  void import('./binding-editor.tsx').catch(() => undefined);
}

const BindingEditor = lazy(async () => ({ default: (await import('./binding-editor.tsx')).BindingEditor }));

/** Props of {@link BindingField}. */
export interface BindingFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly inputId?: string;
  readonly placeholder?: string;
  readonly isMultiline?: boolean;
  /** Open the editor at once, with the caret inside the braces. */
  readonly isOpenAtFirst?: boolean;
  /** No live value below. */
  readonly isQuiet?: boolean;
  readonly scope?: BindingScope;
}

/** A text with bindings: a chip that opens its editor, and the live value below. */
export function BindingField(props: BindingFieldProps) {
  const outer = useBindingScope();
  const scope = props.scope ?? outer;
  const [isOpen, setIsOpen] = useState(props.isOpenAtFirst === true);
  const [wasClosedByKey, setWasClosedByKey] = useState(false);
  const close = (reason: 'key' | 'blur'): void => {
    setWasClosedByKey(reason === 'key');
    setIsOpen(false);
  };
  const { value, label, inputId } = props;
  return (
    <div>
      {isOpen ? (
        <Part failure="place" loading={<Skeleton height={30} />}>
          <BindingEditor
            value={value}
            onChange={props.onChange}
            scope={scope}
            label={label}
            autoFocus
            caret={caretOf(value)}
            onDone={close}
            {...(inputId === undefined ? {} : { inputId })}
            {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
            {...(props.isMultiline === undefined ? {} : { isMultiline: props.isMultiline })}
          />
        </Part>
      ) : (
        <ExpressionChip
          text={value}
          label={label}
          placeholder={props.placeholder ?? '{{ }}'}
          autoFocus={wasClosedByKey}
          onOpen={() => setIsOpen(true)}
          {...(inputId === undefined ? {} : { inputId })}
        />
      )}
      {props.isQuiet !== true && value.includes('{{') && <LiveValue text={value} scope={scope} isOpen={isOpen} />}
    </div>
  );
}

/** Inside the last braces, else at the end. */
function caretOf(value: string): number {
  const close = value.lastIndexOf('}}');
  if (close === -1 || close + 2 !== value.trimEnd().length) return value.length;
  return value[close - 1] === ' ' ? close - 1 : close;
}
