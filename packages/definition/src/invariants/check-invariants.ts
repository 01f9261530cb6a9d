import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { componentTree } from './component-tree.ts';
import { eventActions } from './event-actions.ts';
import { filters } from './filters.ts';
import { flowSteps } from './flow-steps.ts';
import { flowTests } from './flow-tests.ts';
import { idsMatchKeys } from './ids-match-keys.ts';
import { limits } from './limits.ts';
import { navigation } from './navigation.ts';
import { roles } from './roles.ts';
import { routes } from './routes.ts';
import { uniqueNames } from './unique-names.ts';

/** Every rule of a definition that its JSON Schemas cannot say. */
export const invariants: Readonly<Record<string, (app: App) => readonly Problem[]>> = {
  limits,
  idsMatchKeys,
  componentTree,
  uniqueNames,
  routes,
  navigation,
  eventActions,
  roles,
  filters,
  flowSteps,
  flowTests,
};

/** All that is wrong with a definition whose documents fit their schemas. Empty for every app that `loadApp` gives. */
export function checkInvariants(app: App): readonly Problem[] {
  return Object.values(invariants).flatMap((check) => check(app));
}
