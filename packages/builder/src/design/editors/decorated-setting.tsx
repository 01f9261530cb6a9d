import { cloneElement, useLayoutEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { jsonEquals } from '@fettle/base';
import type { FieldProps } from '../../fields/field-editor.ts';
import type { SettingItem } from '../../fields/setting-list.ts';
import { BindingField } from '../binding/binding-field.tsx';
import { useExtendedScope } from '../binding/binding-scope.ts';
import { canBind, holdsBinding, startOfBinding } from './bindable.ts';
import { joinPath, useFormPlace } from './form-place.ts';
import { useDeferredSample } from './use-sample.ts';
import styles from './editors.module.css';

interface DecoratedProps {
  readonly item: SettingItem;
  readonly field: ReactElement<FieldProps>;
  readonly label: ReactNode;
}

/** A setting with its mark for "changed", its reset, and the switch between a value and a binding. */
export function DecoratedSetting(props: DecoratedProps) {
  // Only settings with names of their own look at the sample row, which follows every edit of the screen.
  const { deferred = [] } = props.item.hint;
  return deferred.length === 0 ? <SettingRow {...props} sample={undefined} /> : <SampledSetting {...props} />;
}

function SampledSetting(props: DecoratedProps) {
  return <SettingRow {...props} sample={useDeferredSample(props.item.hint.deferred)} />;
}

function SettingRow(props: DecoratedProps & { readonly sample: Readonly<Record<string, unknown>> | undefined }) {
  const { item, field, label, sample } = props;
  const { value, onChange, inputId } = field.props;
  const place = useFormPlace();
  const scope = useExtendedScope(sample);
  const row = useRef<HTMLDivElement>(null);
  const [isForced, setIsForced] = useState(false);
  const isBindable = canBind(item);
  const isBound = isBindable && (holdsBinding(value) || isForced);
  const wasBound = useRef(isBound);
  const opensAtOnce = useRef(false);
  const goesOnPlain = useRef(false);
  if (isBound !== wasBound.current) {
    wasBound.current = isBound;
    // Typing `{{` into a plain field goes on in the editor: the focus follows.
    opensAtOnce.current = isForced || row.current?.contains(document.activeElement) === true;
    goesOnPlain.current =
      !isBound && row.current?.querySelector('.cm-editor')?.contains(document.activeElement) === true;
  }
  // And back: whoever types a plain text over a binding goes on in the plain field. The next keys would be shortcuts.
  useLayoutEffect(() => {
    if (goesOnPlain.current && inputId !== undefined) focusEnd(document.getElementById(inputId));
    goesOnPlain.current = false;
  }, [isBound, inputId]);
  const change = (next: unknown): void => {
    const isOpening = isBindable && typeof next === 'string' && next.endsWith('{{') && !holdsBinding(value);
    onChange(isOpening ? `${next}  }}` : next);
  };
  const toggle = (): void => {
    if (!isBound) setIsForced(true);
    else {
      setIsForced(false);
      if (holdsBinding(value)) onChange(undefined);
    }
  };
  const heading = label ?? (
    <Text component="label" htmlFor={inputId} size="sm" fw={500}>
      {item.title}
    </Text>
  );
  const marks = (
    <>
      <ResetMark item={item} value={value} onReset={() => onChange(undefined)} />
      {isBindable && <BindingToggle isBound={isBound} title={item.title} onToggle={toggle} />}
    </>
  );
  if (isBound) {
    return (
      <div ref={row} data-setting={joinPath(place.path, item.name)}>
        <div className={styles['head']}>
          {heading}
          <span className={styles['spacer']} />
          {marks}
        </div>
        <BindingField
          value={holdsBinding(value) ? value : startOfBinding(value)}
          onChange={onChange}
          label={item.title}
          inputId={inputId}
          scope={scope}
          isMultiline={item.hint.editor === 'multiline' || item.hint.editor === 'markdown'}
          isOpenAtFirst={opensAtOnce.current}
        />
      </div>
    );
  }
  const plain = cloneElement(field, { onChange: change });
  return (
    <div ref={row} data-setting={joinPath(place.path, item.name)}>
      {label === null ? (
        <div className={styles['inline']}>
          {plain}
          {marks}
        </div>
      ) : (
        <>
          <div className={styles['head']}>
            {label}
            <span className={styles['spacer']} />
            {marks}
          </div>
          {plain}
        </>
      )}
    </div>
  );
}

function BindingToggle({
  isBound,
  title,
  onToggle,
}: {
  readonly isBound: boolean;
  readonly title: string;
  readonly onToggle: () => void;
}) {
  const words = isBound ? 'Use a fixed value' : 'Work the value out';
  return (
    <Tooltip label={words} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles['toggle'] ?? ''}
        data-active={isBound ? '' : undefined}
        aria-pressed={isBound}
        aria-label={`${words}: ${title}`}
        onClick={onToggle}
      >
        ƒ
      </ActionIcon>
    </Tooltip>
  );
}

/** Focuses a field with the caret behind what it holds. */
function focusEnd(field: HTMLElement | null): void {
  field?.focus();
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const end = field.value.length;
  if (field.selectionStart !== null) field.setSelectionRange(end, end);
}

function ResetMark({
  item,
  value,
  onReset,
}: {
  readonly item: SettingItem;
  readonly value: unknown;
  readonly onReset: () => void;
}) {
  const isChanged =
    value !== undefined &&
    !jsonEquals(value, item.defaultValue) &&
    (item.defaultValue !== undefined || !item.isRequired);
  if (!isChanged) return null;
  return (
    <Tooltip label="Changed. Press to reset" openDelay={400}>
      <ActionIcon
        variant="transparent"
        className={styles['dot'] ?? ''}
        aria-label={`Reset ${item.title}`}
        onClick={onReset}
      />
    </Tooltip>
  );
}
