import type { FieldEditor } from '../../fields/field-editor.ts';
import { plainEditors } from '../../fields/plain-editors.ts';
import { codeField } from './code-field.tsx';
import { colorField } from './color-field.tsx';
import { columnFields } from './column-fields.tsx';
import { dataField } from './data/data-field.tsx';
import { expressionField } from './expression-field.tsx';
import { filterField } from './filter/filter-field.tsx';
import { iconField } from './icon-field.tsx';
import { itemsField } from './items-field.tsx';
import { objectField } from './object-field.tsx';
import { optionsField } from './options-field.tsx';
import { peopleField } from './people-field.tsx';
import { plainLists } from './plain-lists.tsx';
import { referenceFields } from './reference-fields.tsx';
import { secretField } from './secret-field.tsx';
import { sortField } from './sort-field.tsx';
import { sqlField } from './sql/sql-field.tsx';
import { tableFields } from './table-fields.tsx';
import { columnValuesField, namedValuesField, parametersField } from './values/values-field.tsx';

/** Every editor of the builder: the plain ones, and those that need the app, its data and its screens. */
export const designEditors: readonly FieldEditor[] = [
  ...plainEditors,
  ...columnFields,
  ...plainLists,
  ...referenceFields,
  ...tableFields,
  codeField,
  colorField,
  columnValuesField,
  dataField,
  expressionField,
  filterField,
  iconField,
  itemsField,
  namedValuesField,
  objectField,
  optionsField,
  parametersField,
  peopleField,
  secretField,
  sortField,
  sqlField,
];
