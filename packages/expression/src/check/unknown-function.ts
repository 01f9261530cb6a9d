import { functionTable } from '../functions/table.ts';
import { meantHint } from './closest-name.ts';

/** What there is to say of a function that nobody knows; `others` are the names of library functions that are known. */
export function describeUnknownFunction(
  name: string,
  others: Iterable<string>,
): { readonly message: string; readonly hint: string | undefined } {
  if (!name.startsWith('$'))
    return { message: `There is no function "${name}".`, hint: meantHint(name, functionTable.keys()) };
  const library = name.slice(0, name.indexOf('.') + 1);
  const siblings = [...others].filter((other) => other.startsWith(library));
  const message = `There is no function "${name}".`;
  if (siblings.length === 0)
    return {
      message,
      hint: meantHint(name, others) ?? 'Its plugin is not installed here, or turned off: install it or turn it on.',
    };
  return {
    message,
    hint:
      meantHint(name, siblings) ??
      'The installed version of its plugin does not have it: use another function, or another version.',
  };
}
