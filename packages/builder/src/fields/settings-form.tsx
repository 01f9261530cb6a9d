import { memo, useCallback, useId, useMemo, useState, type ReactNode } from 'react';
import { Button, Stack, Text } from '@mantine/core';
import { chooseEditor, FormValuesProvider, type FieldEditor, type FieldProps } from './field-editor.ts';
import { groupSettings, isSettingShown, listSettings, type SettingItem } from './setting-list.ts';
import { ShownProblemProvider } from './shown-problem.ts';
import styles from './settings-form.module.css';

/** Props of {@link SettingsForm}. */
export interface SettingsFormProps {
  /** The settings schema of a manifest. */
  readonly schema: unknown;
  readonly values: Readonly<Record<string, unknown>>;
  /** One function for all renders lets settings that did not change stay as they are. */
  readonly onChange: (name: string, value: unknown) => void;
  readonly editors: readonly FieldEditor[];
  /** Secret settings that have a stored value. */
  readonly secretsSet?: readonly string[];
  /** Problems by setting name. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Show only settings whose title or name matches. */
  readonly search?: string;
  readonly isDisabled?: boolean;
  /** Wraps a field, e.g. with the switch between a value and a binding. */
  readonly decorate?: (item: SettingItem, field: ReactNode, label: ReactNode) => ReactNode;
}

/** The one settings form: connectors, components, queries and event actions are all configured through it. */
export function SettingsForm(props: SettingsFormProps) {
  const all = useMemo(() => listSettings(props.schema), [props.schema]);
  const [showsAdvanced, setShowsAdvanced] = useState(false);
  const word = (props.search ?? '').toLowerCase();
  const shown = all.filter(
    (item) =>
      isSettingShown(item, props.values, all) &&
      (word === '' || `${item.title} ${item.name}`.toLowerCase().includes(word)),
  );
  const isFolded = (item: SettingItem): boolean =>
    item.hint.advanced === true && !showsAdvanced && word === '' && props.values[item.name] === undefined;
  const hidden = shown.filter(isFolded).length;
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {word === '' ? 'There is nothing to set.' : 'No setting matches.'}
      </Text>
    );
  }
  return (
    <FormValuesProvider value={props.values}>
      <Stack gap="md">
        {groupSettings(shown.filter((item) => !isFolded(item))).map((group) => (
          <fieldset key={group.section} className={styles['group']}>
            {group.section !== '' && group.items[0]?.title !== group.section && (
              <legend className={styles['legend']}>{group.section}</legend>
            )}
            <Stack gap="sm">
              {group.items.map((item) => (
                <Setting
                  key={item.name}
                  item={item}
                  value={props.values[item.name]}
                  problem={props.problems?.[item.name]}
                  isSet={props.secretsSet?.includes(item.name)}
                  isDisabled={props.isDisabled}
                  editors={props.editors}
                  decorate={props.decorate}
                  onChange={props.onChange}
                />
              ))}
            </Stack>
          </fieldset>
        ))}
        {hidden > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setShowsAdvanced(true)}
          >
            {hidden === 1 ? '1 more setting' : `${hidden} more settings`}
          </Button>
        )}
      </Stack>
    </FormValuesProvider>
  );
}

interface SettingProps extends Pick<SettingsFormProps, 'editors' | 'onChange'> {
  readonly item: SettingItem;
  readonly value: unknown;
  readonly problem: string | undefined;
  readonly isSet: boolean | undefined;
  readonly isDisabled: boolean | undefined;
  readonly decorate: SettingsFormProps['decorate'];
}

/** One setting. A letter typed into another one does not render it again. */
const Setting = memo(function Setting(props: SettingProps) {
  const { item, editors, decorate, problem, isSet, isDisabled, onChange } = props;
  const inputId = useId();
  const change = useCallback((value: unknown): void => onChange(item.name, value), [item.name, onChange]);
  const editor = useMemo(() => chooseEditor(editors, item), [editors, item]);
  if (editor === undefined) return null;
  const fieldProps: FieldProps = {
    item,
    value: props.value,
    inputId,
    onChange: change,
    ...(isSet === undefined ? {} : { isSet }),
    ...(isDisabled === undefined ? {} : { isDisabled }),
  };
  const label = editor.hasOwnLabel === true ? null : <SettingLabel item={item} inputId={inputId} />;
  const field = <editor.Field {...fieldProps} />;
  return (
    <div>
      <ShownProblemProvider value={problem}>
        {decorate === undefined ? (
          <>
            {label}
            {field}
          </>
        ) : (
          decorate(item, field, label)
        )}
      </ShownProblemProvider>
      {item.description !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {item.description}
        </Text>
      )}
      {problem !== undefined && (
        <Text size="xs" c="red" mt={4} role="alert">
          {problem}
        </Text>
      )}
    </div>
  );
});

/** The label of a setting, tied to its input. */
function SettingLabel({ item, inputId }: { readonly item: SettingItem; readonly inputId: string }) {
  return (
    <Text component="label" htmlFor={inputId} size="sm" fw={500} display="block" mb={4}>
      {item.title}
      {item.isRequired && item.defaultValue === undefined && (
        <Text span c="red" aria-hidden="true">
          {' *'}
        </Text>
      )}
    </Text>
  );
}
