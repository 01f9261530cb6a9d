import type { Problem } from '@fettle/base';
import { parseFilter } from '@fettle/access';
import type { App } from '../app.ts';
import { walkObjects } from '../walk-settings.ts';

/** Filters of data settings are filters: the server builds queries from them. */
export function filters(app: App): readonly Problem[] {
  return Object.values(app.screens).flatMap((screen) => [
    ...checkFilters(screen.events, `/screens/${screen.id}/events`),
    ...Object.entries(screen.components).flatMap(([id, component]) => [
      ...checkFilters(component.settings, `/screens/${screen.id}/components/${id}/settings`),
      ...checkFilters(component.events, `/screens/${screen.id}/components/${id}/events`),
    ]),
  ]);
}

/** The same for any settings: looks for data settings of kind `table`, however deep. */
export function checkFilters(settings: unknown, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  walkObjects(settings, path, (object, place) => {
    if (object['kind'] !== 'table' || typeof object['dataSource'] !== 'string' || object['filter'] === undefined)
      return;
    const filter = parseFilter(object['filter'], `${place}/filter`);
    if (!filter.ok) problems.push(...filter.error);
  });
  return problems;
}
