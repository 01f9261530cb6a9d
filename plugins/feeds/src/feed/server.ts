import { upstreamError, type Row } from '@fettle/sdk';
import { openRowTables, type ConnectorContext, type ConnectorImplementation } from '@fettle/sdk/server';
import { readFeed, type Feed } from './read-feed.ts';

const keepMs = 60_000;

type Read = { readonly url: string } & ({ readonly feed: Feed } | { readonly problem: string });

/** Reads every feed; one that cannot be read says why and does not hide the others. */
async function readAll({ settings, fetch }: ConnectorContext, signal: AbortSignal): Promise<readonly Read[]> {
  const urls = [...new Set(String(settings['addresses'] ?? '').split(/\s+/))].filter((one) => one !== '').slice(0, 50);
  const reads = await Promise.all(
    urls.map(async (url): Promise<Read> => {
      try {
        const { status, body } = await fetch(url, {
          method: 'GET',
          headers: { accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1' },
          signal,
          maxBytes: 5_000_000,
        });
        if (status !== 200) return { url, problem: `It answers ${status}.` };
        return { url, feed: readFeed(new TextDecoder().decode(body)) };
      } catch (error) {
        signal.throwIfAborted();
        return { url, problem: error instanceof Error ? error.message : 'It cannot be read.' };
      }
    }),
  );
  const [first] = reads;
  if (first !== undefined && 'problem' in first && reads.every((read) => 'problem' in read))
    throw upstreamError({
      code: 'feeds.unreadable',
      message: `The feed cannot be read. ${first.problem}`,
      hint: 'Check its address: it must answer an RSS or Atom document without signing in.',
    });
  return reads;
}

function entryRows(reads: readonly Read[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const read of reads) {
    if (!('feed' in read)) continue;
    for (const { id, categories, ...entry } of read.feed.entries) {
      // Ids are those of their feed: two feeds may use the same.
      const key = `${read.url}#${id}`;
      rows.set(key, { id: key, feed: read.feed.title, ...entry, categories: [...categories], feedUrl: read.url });
    }
  }
  return [...rows.values()];
}

function feedRows(reads: readonly Read[]): readonly Row[] {
  return reads.map((read) =>
    'feed' in read
      ? {
          url: read.url,
          title: read.feed.title,
          link: read.feed.link,
          entries: read.feed.entries.length,
          problem: null,
        }
      : { url: read.url, title: '', link: null, entries: 0, problem: read.problem },
  );
}

/** Reads feeds as tables. */
export const feed: ConnectorImplementation = {
  open: (context) =>
    openRowTables(
      [
        {
          id: 'entries',
          primaryKey: ['id'],
          labelColumn: 'title',
          columns: {
            id: 'text',
            feed: 'text',
            title: 'text',
            link: 'text',
            published: 'timestamp',
            author: 'text',
            summary: 'longText',
            categories: 'json',
            feedUrl: 'text',
          },
          read: async (signal) => entryRows(await readAll(context, signal)),
        },
        {
          id: 'feeds',
          primaryKey: ['url'],
          labelColumn: 'title',
          columns: { url: 'text', title: 'text', link: 'text', entries: 'integer', problem: 'text' },
          read: async (signal) => feedRows(await readAll(context, signal)),
        },
      ],
      { keepMs },
    ),
};
