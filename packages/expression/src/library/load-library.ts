import { createFunctionLibrary, type FunctionLibrary } from '../evaluate/library.ts';
import { parseExpression } from '../syntax/parse-expression.ts';
import type { LibraryDefinitions, ParsedLibrary, ParsedLibraryFunction } from './definition.ts';

const parsed = new WeakMap<LibraryDefinitions, ParsedLibrary>();

/** Parses functions. One that does not parse is left out. The same object gives the same answer. */
export function parseLibrary(definitions: LibraryDefinitions): ParsedLibrary {
  const known = parsed.get(definitions);
  if (known !== undefined) return known;
  const made = Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { parameters, expression }]): [string, ParsedLibraryFunction][] => {
      const body = parseExpression(expression);
      if (!body.ok) return [];
      return [
        [
          name,
          {
            parameters: parameters.map(({ type: _type, ...parameter }) => parameter),
            node: body.value.node,
          },
        ],
      ];
    }),
  );
  parsed.set(definitions, made);
  return made;
}

/** Functions ready to be called; undefined for none. The same object gives the same library. */
export function loadLibrary(definitions: LibraryDefinitions | undefined): FunctionLibrary | undefined {
  return definitions === undefined ? undefined : createFunctionLibrary(parseLibrary(definitions));
}
