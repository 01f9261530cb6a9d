import { rewriteValue } from './rewrite.ts';

/**
 * A JSON value with the steps that its expressions name under other names: `steps.<name>` and `run.links.<name>`.
 * `names` maps old names to new ones.
 */
export function renameStepsIn<T>(value: T, names: ReadonlyMap<string, string>): T {
  return rewriteValue(value, '', (path) => {
    const owner = path.slice(0, -1);
    const isStep =
      (owner.length === 1 && owner[0] === 'steps') ||
      (owner.length === 2 && owner[0] === 'run' && owner[1] === 'links');
    const renamed = isStep ? names.get(path.at(-1) ?? '') : undefined;
    return renamed === undefined ? undefined : [...owner, renamed];
  });
}
