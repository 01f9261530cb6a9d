import type { App, AppProblem, ExtensionCatalog } from '@fettle/definition';
import { checkSchedules } from '@fettle/flow';
import { checkTriggers } from './check-triggers.ts';

/** What keeps flows from ever being started: schedules and triggers that cannot be read. */
export function checkStarts(app: App, catalog: ExtensionCatalog): readonly AppProblem[] {
  return [...checkSchedules(app), ...checkTriggers(app, catalog)];
}
