import { inputError } from '@fettle/base';
import type { Expand } from '@fettle/sdk';

/** How much one request may bring along. */
export const tableLimits = {
  /** Rows of a page when the caller does not say. */
  defaultPage: 50,
  expandDepth: 4,
  expandRelations: 20,
  /** Rows of all tables together that one request may ask for. */
  rows: 500_000,
  /** Related rows per row when the caller does not say, and at most. */
  defaultRelated: 100,
  maxRelated: 500,
} as const;

/** Throws when the related rows asked for could become too many. */
export function assertExpandFits(expand: unknown, rows: number): asserts expand is Expand {
  let relations = 0;
  let total = rows;
  const visit = (value: unknown, path: string, depth: number, parents: number): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path);
    if (depth > tableLimits.expandDepth)
      throw tooMuch(`Related rows can be nested ${tableLimits.expandDepth} levels deep.`);
    for (const [name, request] of Object.entries(value)) {
      const limit = checkRequest(request, `${path}/${name}`);
      relations += 1;
      if (relations > tableLimits.expandRelations)
        throw tooMuch(`A request can follow ${tableLimits.expandRelations} relations.`);
      total += parents * limit;
      if (total > tableLimits.rows) throw tooMuch('This asks for too many related rows.');
      const inner = (request as { expand?: unknown }).expand;
      if (inner !== undefined) visit(inner, `${path}/${name}/expand`, depth + 1, parents * limit);
    }
  };
  visit(expand, '/expand', 1, rows);
}

const expandKeys: ReadonlySet<string> = new Set(['columns', 'expand', 'limit']);

function checkRequest(request: unknown, path: string): number {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) throw malformed(path);
  const { columns, limit } = request as { columns?: unknown; limit?: unknown };
  if (Object.keys(request).some((key) => !expandKeys.has(key))) throw malformed(path);
  const isList =
    columns === undefined ||
    (Array.isArray(columns) && columns.length <= 1000 && columns.every((name) => typeof name === 'string'));
  if (!isList) throw malformed(`${path}/columns`);
  if (limit === undefined) return 1;
  if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > tableLimits.maxRelated)
    throw malformed(`${path}/limit`);
  return limit as number;
}

function malformed(path: string) {
  return inputError({
    code: 'expand.invalid',
    message: 'The related rows are not asked for in the right form.',
    hint: 'For example: { "album": { "columns": ["title"] } }',
    problems: [{ path, message: 'Give an object with columns, expand and limit (1 to 500).' }],
  });
}

function tooMuch(message: string) {
  return inputError({
    code: 'request.too-much',
    message,
    hint: 'Ask for fewer rows, or for related rows when they are needed.',
  });
}
