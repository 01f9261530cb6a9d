import type * as acorn from 'acorn';
import { checkName, refuse, staticKey } from './convert.ts';
import type { Conversion, Locals } from './convert.ts';

/** The name of a library function when a call is one of it: `$library.name(…)`. */
export function libraryCallee(to: Conversion, callee: acorn.MemberExpression, locals: Locals): string | undefined {
  const { object } = callee;
  if (object.type !== 'Identifier' || !object.name.startsWith('$') || locals.has(object.name)) return undefined;
  const spelled = to.source.slice(callee.start, callee.end);
  const key = staticKey(to, callee);
  if (key !== undefined) checkName(to, key, key.name);
  if (key === undefined || spelled !== `${object.name}.${key.name}`)
    refuse(
      to,
      callee,
      'expression.library-call',
      'A function of a plugin is called by its plain name.',
      'Write $plugin.name(…), without spaces or brackets.',
    );
  return spelled;
}
