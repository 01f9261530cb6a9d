import type { App } from '../app.ts';
import type { Reference } from '../references/reference.ts';
import type { AppProblem } from './app-problem.ts';

/** Screens that nothing leads to, and an app without a home screen. */
export function reachabilityProblems(app: App, references: readonly Reference[]): readonly AppProblem[] {
  const screens = Object.values(app.screens);
  const { home } = app.app;
  const reached = new Set(
    references.filter(({ from, to }) => to.kind === 'screen' && from.screen !== to.id).map(({ to }) => to.id),
  );
  const lost = screens.filter((screen) => !reached.has(screen.id) && screen.route !== '/');
  return [
    ...(home === undefined && !screens.some(({ route }) => route === '/') && screens.length > 0 ? [noHome] : []),
    ...lost.map(({ id, name, route }): AppProblem => ({
      severity: 'warning',
      code: 'screen.unreachable',
      screen: id,
      path: `/screens/${id}`,
      message: `Nothing leads to the screen "${name}".`,
      hint: `Add it to the navigation or link to it. Its address ${route} works all the same.`,
    })),
  ];
}

const noHome: AppProblem = {
  severity: 'warning',
  code: 'app.no-home',
  path: '/app/home',
  message: 'No screen opens first.',
  hint: 'Mark a screen as home.',
};
