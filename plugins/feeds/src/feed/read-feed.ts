import { inputError } from '@fettle/sdk';
import { parseXml, type XmlElement } from './parse-xml.ts';

/** A feed as it was read. */
export interface Feed {
  readonly title: string;
  readonly link: string | null;
  readonly entries: readonly FeedEntry[];
}

/** One entry. `published` is an instant in ISO 8601. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly link: string | null;
  readonly published: string | null;
  readonly author: string | null;
  readonly summary: string | null;
  readonly categories: readonly string[];
}

/** Reads RSS 2.0, RSS 1.0 and Atom. */
export function readFeed(text: string): Feed {
  const root = parseXml(text);
  const channel = root.name === 'feed' ? root : child(root, 'channel');
  if (channel === undefined || (root.name !== 'feed' && root.name !== 'rss' && root.name !== 'RDF'))
    throw inputError({
      code: 'feeds.not-a-feed',
      message: `This is no feed but a document "${root.name.slice(0, 40)}".`,
      hint: 'Look for the address of the feed on the page: it often ends in .rss, .atom or .xml.',
    });
  // RSS 1.0 has its items beside the channel.
  const items = [...channel.children, ...(root.name === 'RDF' ? root.children : [])].filter(
    ({ name }) => name === 'item' || name === 'entry',
  );
  return { title: textOf(channel, 'title') ?? '', link: linkOf(channel), entries: items.map(entryOf) };
}

function entryOf(item: XmlElement): FeedEntry {
  const link = linkOf(item);
  const title = textOf(item, 'title') ?? '';
  const when = textOf(item, 'pubDate') ?? textOf(item, 'published') ?? textOf(item, 'updated') ?? textOf(item, 'date');
  const author = child(item, 'author');
  return {
    id: textOf(item, 'guid') ?? textOf(item, 'id') ?? item.attributes['about'] ?? link ?? title,
    title,
    link,
    published: instantOf(when),
    author:
      (author === undefined ? undefined : textOf(author, 'name')) ??
      textOf(item, 'creator') ??
      textOf(item, 'author') ??
      null,
    summary:
      textOf(item, 'summary') ??
      textOf(item, 'description') ??
      textOf(item, 'encoded') ??
      textOf(item, 'content') ??
      null,
    categories: item.children
      .filter(({ name }) => name === 'category')
      .map((category) => category.attributes['term'] ?? plain(category.text))
      .filter((term) => term !== ''),
  };
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

function textOf(element: XmlElement, name: string): string | undefined {
  const found = child(element, name);
  if (found === undefined) return undefined;
  const text = plain(allText(found));
  return text === '' ? undefined : text;
}

function allText({ text, children }: XmlElement): string {
  return [text, ...children.map(allText)].join(' ');
}

/** Without markup, in one line: what comes from others is shown as text. */
function plain(text: string): string {
  return text
    .replaceAll(/<[^<>]{0,2000}>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 5000);
}

function linkOf(element: XmlElement): string | null {
  const links = element.children.filter(({ name }) => name === 'link');
  const best =
    links.find(({ attributes }) => attributes['rel'] === 'alternate') ??
    links.find(({ attributes }) => attributes['rel'] === undefined) ??
    links[0];
  const address = best?.attributes['href'] ?? (best === undefined ? '' : plain(best.text));
  return /^https?:\/\//.test(address) ? address : null;
}

function instantOf(text: string | undefined): string | null {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
