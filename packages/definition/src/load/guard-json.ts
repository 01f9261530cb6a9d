import { forbiddenKeys, type Problem } from '@fettle/base';
import { pointer } from '../json-pointer.ts';
import { appLimits } from '../limits.ts';

interface Visit {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

// Line breaks and other control characters: no honest key has them, and patterns of schemas do not match them.
const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

/**
 * Checks that a value from outside is plain JSON of bounded size without keys that reach the prototype chain.
 * Everything after it may recurse and read members without fear. It keeps its own stack, because the depth of
 * the value is not known yet. `depth` is how deep the value will stand in its document.
 */
export function guardJson(root: unknown, path = '', depth = 0): readonly Problem[] {
  const problems: Problem[] = [];
  const stack: Visit[] = [{ value: root, path, depth }];
  let count = 0;
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    count += 1;
    if (count > appLimits.jsonValues) {
      problems.push({ path, code: 'json.too-large', message: 'The document holds too many values to be an app.' });
      break;
    }
    const problem = guardValue(visit, stack);
    if (problem !== undefined) problems.push(problem);
    if (problems.length >= 50) break;
  }
  return problems;
}

function guardValue({ value, path, depth }: Visit, stack: Visit[]): Problem | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') {
    if (value.length <= appLimits.textLength) return undefined;
    return {
      path,
      code: 'json.text-too-long',
      message: `A text can hold ${appLimits.textLength.toLocaleString('en')} characters at most.`,
    };
  }
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? undefined
      : { path, code: 'json.not-json', message: 'This number cannot be written as JSON.' };
  }
  if (typeof value !== 'object') return { path, code: 'json.not-json', message: `A ${typeof value} is not JSON.` };
  if (depth >= appLimits.jsonDepth) {
    return { path, code: 'json.too-deep', message: `Values can be nested ${appLimits.jsonDepth} levels deep at most.` };
  }
  return Array.isArray(value) ? guardList(value, path, depth, stack) : guardObject(value, path, depth, stack);
}

function guardList(list: readonly unknown[], path: string, depth: number, stack: Visit[]): Problem | undefined {
  if (list.length > appLimits.jsonValues) {
    return { path, code: 'json.too-large', message: 'The list is too long.' };
  }
  for (let index = list.length - 1; index >= 0; index -= 1) {
    stack.push({ value: list[index], path: `${path}/${index}`, depth: depth + 1 });
  }
  return undefined;
}

function guardObject(object: object, path: string, depth: number, stack: Visit[]): Problem | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    return { path, code: 'json.not-json', message: 'Only plain objects can be written as JSON.' };
  }
  for (const [key, value] of Object.entries(object)) {
    if (forbiddenKeys.has(key) || key.length > appLimits.keyLength || controlCharacters.test(key)) {
      const shown = key.length > 60 ? `${key.slice(0, 60)}…` : key;
      return {
        path: pointer(path, shown),
        code: 'json.key-forbidden',
        message: `${JSON.stringify(shown)} cannot be used as a key.`,
      };
    }
    stack.push({ value, path: pointer(path, key), depth: depth + 1 });
  }
  return undefined;
}
