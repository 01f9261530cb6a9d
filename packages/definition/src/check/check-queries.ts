import { checkTemplate, parseTemplate, type KnownNames, type LibraryDefinitions } from '@fettle/expression';
import type { App } from '../app.ts';
import type { Query } from '../kinds/query.ts';
import { walkTexts } from '../walk-settings.ts';
import type { AppProblem } from './app-problem.ts';
import { settingProblems } from './setting-problems.ts';

/** Bindings in query texts: they know the query's own parameters and the user, nothing else. */
export function queryProblems(app: App, functions: LibraryDefinitions | undefined): readonly AppProblem[] {
  return Object.values(app.queries).flatMap((query) => checkQuery(query, functions));
}

/** The kinds of queries that the connector of each data source runs, by its id; null: the connector is not installed. */
export type KnownQueryKinds = Readonly<
  Record<string, readonly { readonly id: string; readonly settings: unknown }[] | null>
>;

/** Queries that their data source cannot run, and what is wrong with their settings. */
export function checkQueryKinds(app: App, known: KnownQueryKinds): readonly AppProblem[] {
  return Object.values(app.queries).flatMap((query) => {
    if (!Object.hasOwn(known, query.dataSource)) return [];
    const place = { severity: 'error', query: query.id, path: `/queries/${query.id}` } as const;
    const kinds = known[query.dataSource] ?? undefined;
    if (kinds === undefined)
      return [
        {
          ...place,
          path: `${place.path}/dataSource`,
          code: 'connector.missing',
          message: `The connector of the data source "${query.dataSource}" is not installed.`,
          hint: 'Install the plugin that brings it, or turn it on.',
        },
      ];
    const kind = kinds.find(({ id }) => id === query.kind);
    if (kind === undefined)
      return [
        {
          ...place,
          path: `${place.path}/kind`,
          code: 'query.kind-missing',
          message: `The data source runs no queries of the kind "${query.kind}".`,
          hint:
            kinds.length === 0 ? 'It runs none: read its tables.' : `It runs: ${kinds.map(({ id }) => id).join(', ')}.`,
        },
      ];
    return settingProblems(query.settings, kind.settings).map((problem): AppProblem => ({
      ...place,
      severity: problem.kind === 'unknown' ? 'warning' : 'error',
      path: `${place.path}/settings${problem.path}`,
      code: `setting.${problem.kind}`,
      message: problem.message,
      hint: problem.kind === 'unknown' ? 'It has no effect. Remove it.' : 'Correct it in the settings of the query.',
    }));
  });
}

function checkQuery(query: Query, functions: LibraryDefinitions | undefined): readonly AppProblem[] {
  const problems: AppProblem[] = [];
  const known: KnownNames = {
    ...Object.fromEntries(query.parameters.map(({ name }) => [name, true as const])),
    parameters: Object.fromEntries(query.parameters.map(({ name }) => [name, true as const])),
    user: { id: true, name: true, email: true, roles: true, isSignedIn: true },
  };
  walkTexts(query.settings, `/queries/${query.id}/settings`, (text, path) => {
    if (!text.includes('{{')) return;
    const template = parseTemplate(text);
    for (const problem of template.ok ? checkTemplate(template.value, known, functions) : template.error.slice(0, 1)) {
      problems.push({
        severity: template.ok && problem.code !== 'expression.unknown-function' ? 'warning' : 'error',
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
