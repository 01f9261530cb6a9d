import type { Problem } from '@fettle/base';
import { checkExpression, checkLibrary, libraryName, parseExpression } from '@fettle/expression';
import { libraryOf, type FunctionManifest } from '../manifest/function.ts';

/** What functions of plugins must keep to: their texts are right, end whatever they are given, and so are the examples. */
export function functionProblems(functions: readonly FunctionManifest[], path: string): readonly Problem[] {
  const library = libraryOf(functions);
  const places = new Map(functions.map(({ id }, index) => [libraryName(id), `${path}/${index}`]));
  const problems: Problem[] = checkLibrary(library).map(({ name, path: place, message }) => ({
    path: `${places.get(name) ?? path}${place}`,
    code: 'plugin.function',
    message,
  }));
  functions.forEach(({ id, examples }, index) => {
    const name = libraryName(id);
    examples.forEach(({ expression }, at) => {
      const parsed = parseExpression(expression);
      const found = parsed.ok ? checkExpression(parsed.value, {}, library) : parsed.error;
      const add = (message: string): void =>
        void problems.push({ path: `${path}/${index}/examples/${at}/expression`, code: 'plugin.function', message });
      for (const { message, hint } of found.slice(0, 3)) add(hint === undefined ? message : `${message} ${hint}`);
      if (!expression.includes(`${name}(`)) add(`An example calls the function: ${name}(…).`);
    });
  });
  return problems;
}
