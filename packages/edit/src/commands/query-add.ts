import { querySchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { freeQueryName } from '../query-claims.ts';
import { refuse } from '../refusal.ts';

/** Adds a query, given as a whole. */
export const queryAdd = defineCommand({
  type: 'query.add',
  title: 'Add query',
  schema: commandSchema('query.add', { query: querySchema }),
  apply({ app, draft }, { query }) {
    if (Object.hasOwn(app.queries, query.id)) {
      throw refuse('query.id-taken', `The app has a query "${query.id}" already.`, 'Use a new id.');
    }
    freeQueryName(app, query.name, query.id);
    draft.queries[query.id] = query;
  },
  touches: ({ query }) => [`/queries/${query.id}`, `/query-names/${query.name.toLowerCase()}`],
});
