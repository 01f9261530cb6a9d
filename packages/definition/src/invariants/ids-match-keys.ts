import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';

const idPattern = /^[a-z]{1,8}_[A-Za-z0-9]{1,40}$/;

/** Documents are found by their id: the key of each is its `id`, and keys of components are ids. */
export function idsMatchKeys(app: App): readonly Problem[] {
  const problems: Problem[] = [];
  for (const kind of ['screens', 'queries', 'flows', 'flowTests'] as const) {
    for (const [key, document] of Object.entries(app[kind])) {
      if (document.id === key && idPattern.test(key)) continue;
      problems.push({
        path: pointer(`/${kind}`, key),
        code: 'id.mismatch',
        message: `The key "${key}" must be the id of the document, "${document.id}".`,
      });
    }
  }
  for (const screen of Object.values(app.screens)) {
    for (const key of Object.keys(screen.components)) {
      if (idPattern.test(key)) continue;
      problems.push({
        path: pointer(`/screens/${screen.id}/components`, key),
        code: 'id.invalid',
        message: `"${key}" cannot be a component id: use a prefix, "_", then letters and digits.`,
      });
    }
  }
  return problems;
}
