import type { App } from '@fettle/definition';
import { refuse } from './refusal.ts';

/** Refuses a query name that another query has; case does not tell names apart. */
export function freeQueryName(app: App, name: string, self: string): void {
  const owner = Object.values(app.queries).find(
    (other) => other.id !== self && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (owner !== undefined)
    throw refuse('name.taken', `A query is named "${owner.name}" already.`, 'Choose another name.');
}
