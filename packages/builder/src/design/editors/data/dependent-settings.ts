import { jsonEquals } from '@fettle/base';
import { listSettings, type SettingItem } from '../../../fields/setting-list.ts';

/** The settings that name columns of the data in another setting and have a value of their own. */
export function dependentSettings(
  schema: unknown,
  values: Readonly<Record<string, unknown>>,
  of: string,
): readonly Pick<SettingItem, 'name' | 'title'>[] {
  return listSettings(schema).filter((item) => {
    const value = values[item.name];
    if (value === undefined || jsonEquals(value, item.defaultValue)) return false;
    return item.hint.of === of || namesColumns(item, of);
  });
}

/** A list whose entries name columns, such as the values of a chart. */
function namesColumns({ schema }: SettingItem, of: string): boolean {
  const members = schema.items?.properties ?? {};
  return Object.values(members).some(({ ui }) => ui?.of === of);
}
