import type { GuardedFetch } from '@fettle/sdk/server';
import { testReadingConnector } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { feed } from './index.ts';
import { parseXml } from './parse-xml.ts';
import { readFeed } from './read-feed.ts';

const rss = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY boom "boom">]>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
  <title>Releases</title><link>https://example.com/</link>
  <item><title>Version 2 &amp; more</title><link>https://example.com/2</link><guid>two</guid>
    <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><dc:creator>Ada</dc:creator>
    <description><![CDATA[<p>New: <b>everything</b></p><script>alert(1)</script>]]></description>
    <category>stable</category></item>
  <item><title>Version 1</title><link>javascript:alert(1)</link><pubDate>never</pubDate></item>
</channel></rss>`;
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Status</title>
  <link rel="self" href="https://status.example.com/feed"/><link href="https://status.example.com/"/>
  <entry><id>urn:1</id><title>All &lt;b&gt;well&lt;/b&gt;</title><updated>2026-02-01T08:00:00+01:00</updated>
    <author><name>Operations</name></author><link rel="alternate" href="https://status.example.com/1"/>
    <category term="resolved"/><summary>Nothing &#8211; at all</summary></entry></feed>`;
const serve =
  (pages: Readonly<Record<string, string | number>>): GuardedFetch =>
  (url) => {
    const page = pages[url] ?? 404;
    const body = new TextEncoder().encode(typeof page === 'string' ? page : '');
    return Promise.resolve({ status: typeof page === 'number' ? page : 200, headers: {}, body });
  };
const addresses = 'https://a.test/rss\nhttps://b.test/atom';
const pages = { 'https://a.test/rss': rss, 'https://b.test/atom': atom };

testReadingConnector(feed, { example: () => ({ settings: { addresses }, fetch: serve(pages) }) });

describe('feeds', () => {
  it('of RSS are read', () => {
    expect(readFeed(rss)).toEqual({
      title: 'Releases',
      link: 'https://example.com/',
      entries: [
        {
          id: 'two',
          title: 'Version 2 & more',
          link: 'https://example.com/2',
          published: '2026-03-03T10:00:00.000Z',
          author: 'Ada',
          summary: 'New: everything alert(1)',
          categories: ['stable'],
        },
        {
          id: 'Version 1',
          title: 'Version 1',
          link: null,
          published: null,
          author: null,
          summary: null,
          categories: [],
        },
      ],
    });
  });

  it('of Atom are read', () => {
    expect(readFeed(atom)).toMatchObject({
      title: 'Status',
      link: 'https://status.example.com/',
      entries: [
        {
          id: 'urn:1',
          title: 'All well',
          link: 'https://status.example.com/1',
          published: '2026-02-01T07:00:00.000Z',
          author: 'Operations',
          summary: 'Nothing – at all',
          categories: ['resolved'],
        },
      ],
    });
  });

  it('that are none say so', () => {
    for (const text of ['', 'plain', '<html><body/></html>', '<rss><channel>', '<rss></channel></rss>', '<1/>'])
      expect(() => readFeed(text), text).toThrow(/no feed/);
    expect(() => parseXml('<a>'.repeat(100))).toThrow(/too much/);
  });

  it('that hold hostile text are read quickly', () => {
    const startedAt = performance.now();
    expect(() => parseXml(`<a ${'b="c" '.repeat(50_000)}`)).toThrow();
    parseXml(`<a>${'&lt;'.repeat(200_000)}</a>`);
    expect(readFeed(`<rss><channel><title>${'&lt;'.repeat(20_000)}</title></channel></rss>`).title.length).toBeLessThan(
      5001,
    );
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('that cannot be read do not hide the others', async () => {
    const refuse = (): Promise<never> => Promise.reject(new TypeError('not here'));
    const session = (await feed.load()).open({
      settings: { addresses: `${addresses}\nhttps://c.test/gone` },
      secrets: {},
      fetch: serve(pages),
      resolveAddress: refuse,
      resolveFile: refuse,
      limits: { maxConnections: 1, idleTimeoutMs: 1, connectTimeoutMs: 1 },
    });
    const call = { signal: AbortSignal.timeout(5_000), timeoutMs: 5_000 };
    const schema = (await session.introspect?.(call)) ?? { tables: [], warnings: [] };
    const list = (table: string) => session.tables?.list({ table, limit: 100 }, schema, call);
    expect((await list('entries'))?.rows).toHaveLength(3);
    expect((await list('feeds'))?.rows.map(({ problem }) => problem)).toEqual([null, null, 'It answers 404.']);
  });
});
