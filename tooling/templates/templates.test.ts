import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFolder } from './check-folder.ts';

// What can be said of the templates without installing them. `pnpm templates` does the rest.
const root = fileURLToPath(new URL('../../templates', import.meta.url));
const ids = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

test.each(ids)('the template %s is as it must be, with all its pictures', async (id) => {
  const { problems } = await checkFolder(`${root}/${id}`, { needsScreenshots: true });
  expect(problems).toEqual([]);
});
