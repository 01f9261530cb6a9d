import { checkTemplate, parseTemplate, type KnownNames } from '@fettle/expression';
import type { App } from '../app.ts';
import type { Query } from '../kinds/query.ts';
import { walkTexts } from '../walk-settings.ts';
import type { AppProblem } from './app-problem.ts';

/** Bindings in query texts: they know the query's own parameters and the user, nothing else. */
export function queryProblems(app: App): readonly AppProblem[] {
  return Object.values(app.queries).flatMap(checkQuery);
}

function checkQuery(query: Query): readonly AppProblem[] {
  const problems: AppProblem[] = [];
  const known: KnownNames = {
    ...Object.fromEntries(query.parameters.map(({ name }) => [name, true as const])),
    parameters: Object.fromEntries(query.parameters.map(({ name }) => [name, true as const])),
    user: { id: true, name: true, email: true, roles: true, isSignedIn: true },
  };
  walkTexts(query.settings, `/queries/${query.id}/settings`, (text, path) => {
    if (!text.includes('{{')) return;
    const template = parseTemplate(text);
    for (const problem of template.ok ? checkTemplate(template.value, known) : template.error.slice(0, 1)) {
      problems.push({
        severity: template.ok ? 'warning' : 'error',
        code: problem.code,
        query: query.id,
        path,
        message: problem.message,
        hint: problem.hint ?? 'Correct the binding, or add a parameter of this name.',
      });
    }
  });
  return problems;
}
