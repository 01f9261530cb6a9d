import { choiceField } from './editors/choice-field.tsx';
import { jsonField } from './editors/json-field.tsx';
import { keyValueField } from './editors/key-value-field.tsx';
import { numberField } from './editors/number-field.tsx';
import { passwordField } from './editors/password-field.tsx';
import { switchField } from './editors/switch-field.tsx';
import { multilineField, textField } from './editors/text-field.tsx';
import { textListField } from './editors/text-list-field.tsx';
import type { FieldEditor } from './field-editor.ts';

/** Editors that need nothing but the setting itself: enough for connectors. */
export const plainEditors: readonly FieldEditor[] = [
  choiceField,
  jsonField,
  keyValueField,
  multilineField,
  numberField,
  passwordField,
  switchField,
  textField,
  textListField,
];
