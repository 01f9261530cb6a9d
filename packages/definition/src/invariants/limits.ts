import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { appLimits } from '../limits.ts';
import { walkTexts } from '../walk-settings.ts';

/** An app stays within {@link appLimits}. */
export function limits(app: App): readonly Problem[] {
  const problems = [
    ...checkCount(Object.keys(app.screens).length, appLimits.screens, { path: '/screens', what: 'screens' }),
    ...checkCount(Object.keys(app.queries).length, appLimits.queries, { path: '/queries', what: 'queries' }),
    ...checkCount(Object.keys(app.flows).length, appLimits.flows, { path: '/flows', what: 'flows' }),
  ];
  for (const screen of Object.values(app.screens)) {
    const path = `/screens/${screen.id}`;
    const count = Object.keys(screen.components).length;
    problems.push(
      ...checkCount(count, appLimits.componentsPerScreen, { path: `${path}/components`, what: 'components on one screen' }),
      ...checkExpressionLengths(screen, path),
    );
  }
  return problems;
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

function checkCount(count: number, most: number, place: { readonly path: string; readonly what: string }): readonly Problem[] {
  if (count <= most) return [];
  return [
    {
      path: place.path,
      code: 'limit.count',
      message: `An app can have ${most.toLocaleString('en')} ${place.what} at most; this has ${count.toLocaleString('en')}.`,
    },
  ];
}
