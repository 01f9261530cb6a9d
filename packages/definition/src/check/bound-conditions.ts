import { hasBinding } from '@fettle/expression';
import type { Place } from '../references/reference.ts';
import { findSettings } from '../setting-paths.ts';
import type { ExtensionDescription } from '../uses.ts';
import type { AppProblem } from './app-problem.ts';

/**
 * Settings that decide about rights on a table (`allowEdit`) and hold a binding. The server cannot know what the
 * binding gives in a browser, so it does not open the table by it.
 */
export function boundConditions(
  settings: Readonly<Record<string, unknown>>,
  extension: ExtensionDescription,
  place: Place,
): readonly AppProblem[] {
  const conditions = new Set(
    (extension.uses?.tables ?? []).flatMap(({ when }) => (when === undefined ? [] : [when.setting])),
  );
  return [...conditions].flatMap((setting) =>
    findSettings(settings, setting).flatMap(({ value, path }): readonly AppProblem[] =>
      typeof value !== 'string' || !hasBinding(value)
        ? []
        : [
            {
              severity: 'warning',
              code: 'access.bound-condition',
              ...place,
              path: `${place.path}${path}`,
              message: 'This setting decides who may change rows, so a binding in it gives nobody the right.',
              hint: 'Choose a fixed value, or say who may in the access rules of the table.',
            },
          ],
    ),
  );
}
