import { inputError } from '@fettle/sdk';

/** An element of a document: its name without prefix, its attributes, the texts and elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const deepest = 60;
const mostElements = 200_000;

/**
 * Reads a document as far as feeds need it. Entities that it defines itself are left as they stand: nothing is fetched and
 * nothing grows. Every character is looked at once.
 */
export function parseXml(source: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open: OpenElement[] = [root];
  let at = 0;
  let count = 0;
  const top = (): OpenElement => open.at(-1) ?? root;
  const skipTo = (mark: string): string => {
    const end = source.indexOf(mark, at);
    if (end === -1) throw notXml('it ends in the middle');
    const inner = source.slice(at, end);
    at = end + mark.length;
    return inner;
  };
  while (at < source.length) {
    const tag = source.indexOf('<', at);
    if (tag === -1) break;
    top().text += decode(source.slice(at, tag));
    at = tag;
    if (source.startsWith('<!--', at)) skipTo('-->');
    else if (source.startsWith('<![CDATA[', at)) {
      at += 9;
      top().text += skipTo(']]>');
    } else if (source.startsWith('<?', at)) skipTo('?>');
    else if (source.startsWith('<!', at)) skipDeclaration();
    else if (source.startsWith('</', at)) {
      at += 2;
      const name = localName(skipTo('>').trim());
      const closed = open.pop();
      if (closed === undefined || open.length === 0 || closed.name !== name) throw notXml(`</${name}> closes nothing`);
      top().children.push(closed);
    } else openTag();
  }
  const [document] = root.children;
  if (open.length !== 1 || document === undefined) throw notXml('it ends in the middle');
  return document;

  function skipDeclaration(): void {
    // A document type may hold declarations of its own between brackets.
    const bracket = source.indexOf('[', at);
    const end = source.indexOf('>', at);
    if (bracket !== -1 && bracket < end) skipTo(']');
    skipTo('>');
  }

  function openTag(): void {
    at += 1;
    const raw = tagText();
    const isEmpty = raw.endsWith('/');
    const inner = isEmpty ? raw.slice(0, -1) : raw;
    const name = /^[^\s]+/.exec(inner)?.[0] ?? '';
    if (!/^[A-Za-z_]/.test(name)) throw notXml(`"<${name.slice(0, 20)}" is no element`);
    count += 1;
    if (count > mostElements || open.length > deepest) throw notXml('it holds too much');
    const element: OpenElement = {
      name: localName(name),
      attributes: attributesOf(inner.slice(name.length)),
      children: [],
      text: '',
    };
    if (isEmpty) top().children.push(element);
    else open.push(element);
  }

  function tagText(): string {
    const start = at;
    let quote = '';
    for (; at < source.length; at += 1) {
      const sign = source[at] ?? '';
      if (quote === '' && sign === '>') break;
      if (quote === sign) quote = '';
      else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    }
    if (at >= source.length) throw notXml('it ends in the middle');
    at += 1;
    return source.slice(start, at - 1);
  }
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name = '', double, single] of text.matchAll(/([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found[localName(name)] = decode(double ?? single ?? '');
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decode(text: string): string {
  return text.replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    }
    return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
  });
}

function notXml(what: string) {
  return inputError({
    code: 'feeds.not-a-feed',
    message: `This is no feed: ${what}.`,
    hint: 'Open the address in a browser: it must show an RSS or Atom document.',
  });
}
