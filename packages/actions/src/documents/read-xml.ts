import { inputError, type Json } from '@fettle/base';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { listOf } from '../required.ts';
import { valueAtPath } from '../services/path.ts';
import { assertNoDocumentType } from './document-type.ts';
import { partsOfValue, type ValuePart } from './value-parts.ts';

/** What is read, and how. */
export interface ReadXmlOptions {
  readonly text: string;
  /** Names of elements that are always lists, also when there is one. */
  readonly lists: readonly string[];
  readonly withoutPrefixes: boolean;
  readonly path?: string;
  /** Give the value at the path as a list. */
  readonly asList: boolean;
}

const maxDepth = 200;

/** Reads XML: elements by name, attributes as `@name`, text beside them as `#text`. All values are texts. */
export async function* readXml(options: ReadXmlOptions): AsyncIterable<ValuePart> {
  const text = options.text.replace(/^\uFEFF/, '');
  assertNoDocumentType(text);
  const problem = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (problem !== true) throw invalid(`Line ${problem.err.line}: ${problem.err.msg.slice(0, 200)}`);
  const lists = new Set(options.lists);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    entityDecoder,
    removeNSPrefix: options.withoutPrefixes,
    maxNestedTags: maxDepth,
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && lists.has(name),
  });
  const value = valueOf(parser, text);
  const picked = options.path === undefined ? value : valueAtPath(value, options.path);
  if (options.asList) yield* partsOfValue([...listOf<Json>(picked)]);
  else if (picked === undefined) throw notThere(options.path ?? '');
  else yield* partsOfValue(picked);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** There are no entities but the five of XML and numbers: a document that declares others was refused. */
const entityDecoder = {
  setExternalEntities: () => undefined,
  addInputEntities: () => undefined,
  reset: () => undefined,
  setXmlVersion: () => undefined,
  decode: (text: string) =>
    text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
      if (typeof name === 'string') return named[name] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
    }),
};

function valueOf(parser: XMLParser, text: string): Json {
  let value: Json;
  try {
    value = parser.parse(text) as Json;
  } catch (cause) {
    throw invalid((cause as Error).message.replace('[SECURITY] ', '').slice(0, 200), cause);
  }
  // The parser takes several outer elements, which XML does not.
  const outer = Object.values(value as object).flat();
  if (outer.length !== 1) throw invalid(`It has ${outer.length} outer elements.`);
  return value;
}

function invalid(reason: string, cause?: unknown) {
  return inputError({
    code: 'xml.invalid',
    message: `The XML cannot be read. ${reason}`,
    hint: 'Look at that place, and whether it is XML at all: HTML mostly is not.',
    cause,
  });
}

function notThere(path: string) {
  return inputError({
    code: 'xml.path-missing',
    message: `There is nothing at "${path.slice(0, 100)}".`,
    hint: 'Look at the whole value: run the step once without a path.',
  });
}
