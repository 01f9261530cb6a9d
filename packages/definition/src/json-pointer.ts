/** Appends one step to a JSON pointer. */
export function pointer(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}/${key}`;
  return /[~/]/.test(key) ? `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : `${path}/${key}`;
}

/** The steps of a JSON pointer. */
export function pointerKeys(path: string): readonly string[] {
  if (path === '') return [];
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value a JSON pointer leads to; undefined when there is none. Own members only. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const key of pointerKeys(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
