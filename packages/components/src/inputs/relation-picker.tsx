import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState, type UIEvent } from 'react';
import type { Json } from '@fettle/base';
import type { Filter } from './filter-types.ts';
import { plainText } from './format-value.ts';
import { useRelatedLabel, useRelatedOptions, type RelatedOption } from './use-related-options.ts';
import { controlReference, mantineProps, type ControlProps, type RelationTarget } from './control-props.ts';

const moreValue = '\u0000more';

/** Chooses a row of another table: type to search, the stored value is the row's key. */
export function RelationPicker(
  props: ControlProps & {
    readonly relation: RelationTarget;
    readonly filter?: Filter | undefined;
    /** What the stored key is called, when that is known already. */
    readonly initialLabel?: string | undefined;
    readonly onPick?: (option: RelatedOption | undefined) => void;
  },
) {
  const { relation, value, onChange } = props;
  const [typed, setTyped] = useState<string | undefined>();
  const [picked, setPicked] = useState<readonly RelatedOption[]>(() =>
    props.initialLabel === undefined ? [] : [{ key: (value ?? null) as Json, label: props.initialLabel }],
  );
  const box = useRef<HTMLDivElement>(null);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped(undefined);
    },
  });
  const list = useRelatedOptions(relation, typed ?? '', combobox.dropdownOpened, props.filter);
  const label = useRelatedLabel(relation, value, picked);
  const isLocked = props.isDisabled === true || props.isReadOnly === true;

  useEffect(() => {
    // The label may arrive after the focus: typing must still replace it, not add to it.
    const input = box.current?.querySelector('input');
    if (typed === undefined && input !== null && input === document.activeElement) input?.select();
  }, [label]);
  useEffect(() => {
    if (typed !== undefined && typed.trim() !== '' && list.options.length > 0) combobox.selectFirstOption();
  }, [list.options]);

  const pick = (option: RelatedOption | undefined): void => {
    setPicked(option === undefined ? [] : [option]);
    onChange(option?.key ?? null);
    props.onPick?.(option);
    combobox.closeDropdown();
    setTyped(undefined);
  };
  const submit = (optionValue: string): void => {
    if (optionValue === moreValue) return list.loadMore();
    pick(list.options.find((option) => plainText(option.key) === optionValue));
  };
  const loadOnScroll = (event: UIEvent<HTMLElement>): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    if (list.hasMore && scrollHeight - scrollTop - clientHeight < 48) list.loadMore();
  };

  return (
    <div ref={box}>
      <Combobox store={combobox} onOptionSubmit={submit} withinPortal>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            {...mantineProps(props)}
            {...controlReference<HTMLInputElement>(props)}
            autoComplete="off"
            readOnly={props.isReadOnly === true}
            placeholder={props.placeholder === undefined || props.placeholder === '' ? 'Search…' : props.placeholder}
            value={typed ?? label ?? '…'}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            onClick={() => {
              if (!isLocked) combobox.openDropdown();
            }}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => {
              combobox.closeDropdown();
              setTyped(undefined);
              props.onBlur?.();
            }}
            rightSection={
              list.isLoading ? (
                <Loader size={14} aria-label="Loading" />
              ) : plainText(value) !== '' && !isLocked ? (
                <CloseButton
                  size="sm"
                  tabIndex={-1}
                  aria-label="Clear"
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => pick(undefined)}
                />
              ) : (
                <Combobox.Chevron />
              )
            }
            rightSectionPointerEvents={plainText(value) === '' || isLocked ? 'none' : 'auto'}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={280} style={{ overflowY: 'auto' }} onScroll={loadOnScroll}>
            {list.options.map((option) => (
              <Combobox.Option
                key={plainText(option.key)}
                value={plainText(option.key)}
                active={plainText(option.key) === plainText(value)}
              >
                {option.label}
              </Combobox.Option>
            ))}
            {list.hasMore && <Combobox.Option value={moreValue}>Load more…</Combobox.Option>}
            {list.options.length === 0 && (
              <Combobox.Empty>{emptyText(list.isLoading, list.error, typed)}</Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}

function emptyText(isLoading: boolean, error: string | undefined, typed: string | undefined): string {
  if (error !== undefined) return error;
  if (isLoading) return 'Searching…';
  return typed === undefined || typed.trim() === ''
    ? 'There is nothing to choose from'
    : `Nothing matches “${typed.trim()}”`;
}
