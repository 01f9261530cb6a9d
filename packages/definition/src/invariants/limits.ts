import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import type { Screen } from '../kinds/screen.ts';
import { appLimits } from '../limits.ts';
import { walkTexts } from '../walk-settings.ts';

/** An app stays within {@link appLimits}. */
export function limits(app: App): readonly Problem[] {
  return [...documentCounts(app), ...Object.values(app.screens).flatMap(screenLimits)];
}

/** How many documents of each kind there are. */
export function documentCounts(app: App): readonly Problem[] {
  return [
    ...checkCount(Object.keys(app.screens).length, appLimits.screens, { path: '/screens', what: 'screens' }),
    ...checkCount(Object.keys(app.queries).length, appLimits.queries, { path: '/queries', what: 'queries' }),
    ...checkCount(Object.keys(app.flows).length, appLimits.flows, { path: '/flows', what: 'flows' }),
    ...checkCount(Object.keys(app.flowTests).length, appLimits.flowTests, {
      path: '/flowTests',
      what: 'tests of flows',
    }),
  ];
}

function screenLimits(screen: Screen): readonly Problem[] {
  const path = `/screens/${screen.id}`;
  return [...componentCount(screen), ...checkExpressionLengths(screen, path)];
}

/** How many components a screen has. */
export function componentCount(screen: Screen): readonly Problem[] {
  const count = Object.keys(screen.components).length;
  const place = { path: `/screens/${screen.id}/components`, what: 'components on one screen' };
  return checkCount(count, appLimits.componentsPerScreen, place);
}

/** Texts that hold a binding are not longer than the parser takes. */
export function checkExpressionLengths(value: unknown, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  walkTexts(value, path, (text, place) => {
    if (text.length <= appLimits.expressionLength || !text.includes('{{')) return;
    problems.push({
      path: place,
      code: 'limit.expression',
      message: `A text with a binding can hold ${appLimits.expressionLength.toLocaleString('en')} characters at most.`,
    });
  });
  return problems;
}

function checkCount(
  count: number,
  most: number,
  place: { readonly path: string; readonly what: string },
): readonly Problem[] {
  if (count <= most) return [];
  return [
    {
      path: place.path,
      code: 'limit.count',
      message: `An app can have ${most.toLocaleString('en')} ${place.what} at most; this has ${count.toLocaleString('en')}.`,
    },
  ];
}
