import { inputError, isJsonObject, type Json } from '@fettle/base';
import { XMLBuilder } from 'fast-xml-parser';

/** What is written, and how. */
export interface WriteXmlOptions {
  readonly root: string;
  /** Members become elements, `@name` attributes, `#text` text; lists become elements of the same name. */
  readonly value: Json;
  /** Name of the elements of a list that is the whole value. */
  readonly item: string;
  readonly isIndented: boolean;
}

const namePattern = /^[\p{L}_][\p{L}\p{N}._-]*(?::[\p{L}_][\p{L}\p{N}._-]*)?$/u;
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const maxDepth = 200;

/** Writes XML. Values are always escaped, and what could not be a name is refused: nothing adds elements of its own. */
export async function* writeXml({ root, value, item, isIndented }: WriteXmlOptions): AsyncIterable<string> {
  const content = Array.isArray(value) ? { [item]: value } : value;
  const document = { [root]: prepared(content, root, 0) };
  assertName(root, '');
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    processEntities: true,
    format: isIndented,
    indentBy: '  ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document).trimEnd()}\n`;
}

function prepared(value: Json, place: string, depth: number): unknown {
  if (depth > maxDepth) throw invalid(`It is nested more than ${maxDepth} deep.`);
  if (value === null) return '';
  if (Array.isArray(value)) {
    if (value.some((one) => Array.isArray(one))) throw invalid(`"${place.slice(0, 100)}" holds lists in a list.`);
    return value.map((one) => prepared(one as Json, place, depth + 1));
  }
  if (!isJsonObject(value)) return String(value).replaceAll(forbidden, '\uFFFD');
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name.startsWith('@')) {
        assertName(name.slice(1), place);
        if (typeof member === 'object' && member !== null)
          throw invalid(`The attribute "${name.slice(1, 100)}" is not a text.`);
      } else if (name !== '#text') assertName(name, place);
      return [name, prepared(member, `${place}.${name}`, depth + 1)];
    }),
  );
}

function assertName(name: string, place: string): void {
  if (namePattern.test(name) && name.length <= 200 && name !== '__proto__') return;
  throw invalid(
    `"${name.slice(0, 100)}"${place === '' ? '' : ` in ${place.slice(0, 100)}`} cannot be the name of an element.`,
  );
}

function invalid(reason: string) {
  return inputError({
    code: 'xml.not-writable',
    message: `This cannot be written as XML. ${reason}`,
    hint: 'Rename it in the value: names begin with a letter and have letters, digits, ".", "-" and "_".',
  });
}
