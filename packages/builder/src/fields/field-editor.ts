import { createContext, useContext, type ComponentType } from 'react';
import type { SettingItem } from './setting-list.ts';

/** What a field editor gets. */
export interface FieldProps {
  readonly item: SettingItem;
  readonly value: unknown;
  /** `undefined` removes the value: the default holds again. */
  readonly onChange: (value: unknown) => void;
  /** Id for the input, so that the label belongs to it. */
  readonly inputId: string;
  /** For secrets: a value is stored. */
  readonly isSet?: boolean;
  readonly isDisabled?: boolean;
}

const FormValuesContext = createContext<Readonly<Record<string, unknown>>>({});

/** Gives the values of a form to its fields. */
export const FormValuesProvider = FormValuesContext.Provider;

/** Values of all settings of the form around a field. Who asks renders whenever one of them changes; no other field does. */
export function useFormValues(): Readonly<Record<string, unknown>> {
  return useContext(FormValuesContext);
}

/** A kind of field editor: how well it suits a setting, and what it shows. Adding a kind is one file. */
export interface FieldEditor {
  readonly id: string;
  /** 0: does not fit. The highest rank wins: 10 by schema, 20 by the hint's `editor`. */
  readonly rank: (item: SettingItem) => number;
  readonly Field: ComponentType<FieldProps>;
  /** Shows its own label (a switch does). */
  readonly hasOwnLabel?: boolean;
}

/** The editor that fits best. */
export function chooseEditor(editors: readonly FieldEditor[], item: SettingItem): FieldEditor | undefined {
  let best: FieldEditor | undefined;
  let bestRank = 0;
  for (const editor of editors) {
    const rank = editor.rank(item);
    if (rank > bestRank) [best, bestRank] = [editor, rank];
  }
  return best;
}

/** Rank of an editor that the hint names. */
export function rankByHint(...names: readonly string[]): (item: SettingItem) => number {
  return (item) => (item.hint.editor !== undefined && names.includes(item.hint.editor) ? 20 : 0);
}
