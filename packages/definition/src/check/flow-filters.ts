import { isJsonObject, type Problem } from '@fettle/base';
import { parseFilter } from '@fettle/access';
import { walkObjects } from '../walk-settings.ts';

/**
 * What is wrong with the filters in the settings of a step: they stand beside the rows that they narrow. One that is a
 * binding as a whole is known when it runs. Triggers read theirs themselves, and say what they cannot read.
 */
export function flowFilterProblems(settings: unknown, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  walkObjects(settings, path, (object, place) => {
    const { filter } = object;
    if (!isJsonObject(filter) || Object.keys(filter).length === 0) return;
    if (!('data' in object) && !('dataSource' in object)) return;
    const read = parseFilter(filter, `${place}/filter`);
    if (!read.ok) problems.push(...read.error);
  });
  return problems;
}
