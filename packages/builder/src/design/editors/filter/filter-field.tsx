import type { Filter } from '@fettle/access';
import { isJsonObject } from '@fettle/base';
import { rankByHint, type FieldEditor, type FieldProps } from '../../../fields/field-editor.ts';
import { useColumnsOf, useSettingOf } from '../data/use-columns.ts';
import { FilterBuilder } from './filter-builder.tsx';

function FilterField(props: FieldProps) {
  const { options, relations } = useColumnsOf(useSettingOf(props));
  const { value } = props;
  return (
    <FilterBuilder
      value={isJsonObject(value) ? (value as unknown as Filter) : undefined}
      columns={options}
      relations={relations}
      onChange={props.onChange}
    />
  );
}

/** A row filter on the columns of the data that `of` names. */
export const filterField: FieldEditor = { id: 'filter', rank: rankByHint('filter'), Field: FilterField };
