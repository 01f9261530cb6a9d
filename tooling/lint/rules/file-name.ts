import { placeOf } from '../layer-table.ts';
import type { Rule } from './rule.ts';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx)$/;
const vague = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'shared']);

/** What is wrong with a path within a package, or undefined. */
export function complaintAboutFileName(path: string): string | undefined {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  if (!kebabCase.test(file)) return `Name files in kebab case after their main export: "${file}".`;
  const names = [...parts.slice(0, -1), file.split('.')[0] ?? ''];
  // `kinds/common.ts` of the definition package holds the schema pieces that all kinds share; it predates the rule.
  if (path === 'src/kinds/common.ts') return undefined;
  const bad = names.find((name) => vague.has(name));
  return bad === undefined ? undefined : `"${bad}" does not tell the job: name the folder or file after what it does.`;
}

/** The path tells the job. */
export const fileNameRule: Rule = {
  create(context) {
    const place = placeOf(context.filename);
    if (place === undefined) return {};
    const message = complaintAboutFileName(place.path);
    return message === undefined ? {} : { Program: (node) => context.report({ node, message }) };
  },
};
