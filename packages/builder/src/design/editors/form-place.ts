import { createContext, useContext } from 'react';
import type { FieldEditor } from '../../fields/field-editor.ts';

/** A problem of one setting. */
export interface FieldProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What the fields of a form know of where they stand. */
export interface FormPlace {
  readonly editors: readonly FieldEditor[];
  /** Where this form stands below the outermost one: `columns/0`; empty at the top. */
  readonly path: string;
  /** Problems by path below the outermost form. */
  readonly problems: ReadonlyMap<string, FieldProblem>;
  /** Path to bring into view. */
  readonly focus: string | undefined;
  /** The schema of the outermost form. */
  readonly schema: unknown;
  /** Takes settings of the outermost form back to their defaults, in one step. */
  readonly reset?: (names: readonly string[]) => void;
}

const FormPlaceContext = createContext<FormPlace>({
  editors: [],
  path: '',
  problems: new Map(),
  focus: undefined,
  schema: {},
});

/** Gives the place to everything below. */
export const FormPlaceProvider = FormPlaceContext.Provider;

/** Where the form around a field stands. */
export function useFormPlace(): FormPlace {
  return useContext(FormPlaceContext);
}

const RootValuesContext = createContext<Readonly<Record<string, unknown>>>({});

/** Gives the values of the outermost form to everything below. */
export const RootValuesProvider = RootValuesContext.Provider;

/**
 * Values of the outermost form: settings such as `data`, which inner fields refer to. Apart from the place, since they
 * change with each letter typed.
 */
export function useRootValues(): Readonly<Record<string, unknown>> {
  return useContext(RootValuesContext);
}

/** `columns` and `0` make `columns/0`; names are escaped as in a JSON pointer. */
export function joinPath(path: string, name: string): string {
  const key = name.replaceAll('~', '~0').replaceAll('/', '~1');
  return path === '' ? key : `${path}/${key}`;
}

/** True when `inner` is `outer` or stands inside it. */
export function isWithin(inner: string | undefined, outer: string): boolean {
  return inner !== undefined && (inner === outer || inner.startsWith(`${outer}/`));
}

/** The problem of a setting or, when it has none itself, of something inside it. */
export function problemWithin(problems: ReadonlyMap<string, FieldProblem>, path: string): FieldProblem | undefined {
  const own = problems.get(path);
  if (own !== undefined) return own;
  for (const [place, problem] of problems) if (isWithin(place, path)) return problem;
  return undefined;
}
