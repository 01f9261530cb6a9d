import type { App } from '../app.ts';
import type { Reference, ReferenceKind, ReferenceTarget } from '../references/reference.ts';
import type { AppProblem } from './app-problem.ts';

const builtInRoles: ReadonlySet<string> = new Set(['admin', 'power', 'basic', 'public']);

const words: Readonly<Partial<Record<ReferenceKind, string>>> = {
  component: 'component',
  query: 'query',
  screen: 'screen',
  state: 'state variable',
  role: 'role',
  flow: 'flow',
};

/** References to things that the app does not have (any more). Data sources and tables are outside the app. */
export function danglingProblems(app: App, references: readonly Reference[]): readonly AppProblem[] {
  const states = new Set([
    ...(app.app.state ?? []).map(({ id }) => id),
    ...Object.values(app.screens).flatMap(({ state }) => (state ?? []).map(({ id }) => id)),
  ]);
  const roles = new Set([...builtInRoles, ...app.access.roles.map(({ id }) => id)]);
  const exists = (to: ReferenceTarget): boolean => {
    switch (to.kind) {
      case 'component':
        return app.screens[to.screen ?? '']?.components[to.id] !== undefined;
      case 'query':
        return app.queries[to.id] !== undefined;
      case 'screen':
        return app.screens[to.id] !== undefined;
      case 'flow':
        return app.flows[to.id] !== undefined;
      case 'state':
        return states.has(to.id);
      case 'role':
        return roles.has(to.id);
      default:
        return true;
    }
  };
  return references.filter(({ to, by }) => by === 'id' && !exists(to)).map(toProblem);
}

function toProblem({ from, to }: Reference): AppProblem {
  const word = words[to.kind] ?? to.kind;
  return {
    // A role that is gone gives nobody anything: safe, but surely not meant.
    severity: to.kind === 'role' ? 'warning' : 'error',
    code: `reference.${to.kind}`,
    ...from,
    message: `The ${word} that this refers to does not exist.`,
    hint: `Choose another ${word}, or take the reference away.`,
  };
}
