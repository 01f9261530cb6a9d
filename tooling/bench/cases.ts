import type { Load } from './load.ts';
import type { Product } from './product.ts';

/** The same work asked of both sides. */
export interface Case {
  readonly id: string;
  readonly title: string;
  /** Least share of the limit's requests per second. */
  readonly target: number;
  readonly limit: Load;
  readonly product: Load;
}

const rows = 100_000;
// Steps through the table without ever coming back soon: a prime that does not divide the row count.
const anyId = (index: number): number => 1 + ((index * 7919) % rows);
const newItem = (index: number) => ({
  name: `New item ${index}`,
  status: 'closed',
  amount: '12.50',
  category_id: 1 + (index % 50),
  created_at: '2023-06-01T12:00:00.000Z',
  note: 'Made by the benchmark',
});

const openItems = {
  filter: { column: 'status', operator: 'equal', value: 'open' },
  sort: [{ column: 'created_at', direction: 'descending' }],
  limit: 50,
};

/** Every case of requests. */
export function createCases(limitUrl: string, product: Product): readonly Case[] {
  const headers = { cookie: product.member.cookie() };
  const table = (verb: string): Pick<Load, 'url' | 'method' | 'headers'> => ({
    url: `${product.server.url}${product.tablePath}/${verb}`,
    method: 'POST',
    headers,
  });
  const bare = (path: string): Pick<Load, 'url' | 'method' | 'headers'> => ({
    url: limitUrl + path,
    method: 'POST',
    headers: {},
  });
  return [
    {
      id: 'read',
      title: 'One row by id',
      target: 0.3,
      limit: { url: limitUrl, method: 'GET', headers: {}, path: (index) => `/row/${anyId(index)}` },
      product: {
        url: product.server.url,
        method: 'GET',
        headers,
        path: (index) => `${product.tablePath}/rows/${anyId(index)}`,
      },
    },
    {
      id: 'list',
      title: 'List of 50, filtered and sorted',
      target: 0.5,
      limit: { ...bare('/list'), body: () => ({ status: 'open' }) },
      product: { ...table('list'), body: () => openItems },
    },
    {
      id: 'related',
      title: 'List of 50 with a related column',
      target: 0.5,
      limit: { ...bare('/related'), body: () => ({ status: 'open' }) },
      product: { ...table('list'), body: () => ({ ...openItems, expand: { category: { columns: ['name'] } } }) },
    },
    {
      id: 'insert',
      title: 'Insert a row',
      target: 0.4,
      limit: { ...bare('/insert'), body: newItem },
      product: { ...table('create'), body: (index) => ({ rows: [newItem(index)] }) },
    },
    {
      id: 'update',
      title: 'Update a row',
      target: 0.4,
      limit: { ...bare('/update'), body: (index) => ({ id: anyId(index), note: `Changed ${index}` }) },
      product: {
        ...table('update'),
        body: (index) => ({ changes: [{ key: { id: anyId(index) }, values: { note: `Changed ${index}` } }] }),
      },
    },
  ];
}

/** The first page and one about 20,000 rows further, by cursor. */
export async function createDeepPageLoads(
  product: Product,
  depth: number,
): Promise<{ readonly first: Load; readonly deep: Load }> {
  const path = `${product.tablePath}/list`;
  let cursor: string | undefined;
  for (let seen = 0; seen < depth; seen += openItems.limit) {
    const page = (await product.member.call('POST', path, {
      ...openItems,
      ...(cursor === undefined ? {} : { cursor }),
    })) as { next?: string };
    if (page.next === undefined) throw new Error(`The list ended after ${seen} rows, before the deep page.`);
    cursor = page.next;
  }
  const load = (body: unknown): Load => ({
    url: product.server.url + path,
    method: 'POST',
    headers: { cookie: product.member.cookie() },
    body: () => body,
  });
  return { first: load(openItems), deep: load({ ...openItems, cursor }) };
}
