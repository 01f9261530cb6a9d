import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { queryOf, screenOf } from '../find.ts';
import { freeQueryName } from '../query-claims.ts';
import { renameMember, rewriteScreen } from '../rewrite.ts';

/** Gives a query another name and rewrites every expression of the app that uses it. */
export const queryRename = defineCommand({
  type: 'query.rename',
  title: 'Rename query',
  schema: commandSchema('query.rename', { query: idSchema, name: nameSchema }),
  apply({ app, draft }, command) {
    const { name } = queryOf(app, command.query);
    freeQueryName(app, command.name, command.query);
    queryOf(draft, command.query).name = command.name;
    if (name === command.name) return;
    const rename = renameMember('queries', name, command.name);
    for (const screen of Object.values(app.screens)) rewriteScreen(screen, screenOf(draft, screen.id), name, rename);
  },
  // Any expression of the app may change.
  touches: ({ query }) => [`/queries/${query}`, '/screens'],
});
