import type { Case } from './cases.ts';
import type { Load } from './load.ts';

type Row = Readonly<Record<string, unknown>>;

/** Makes sure that both sides do the same work: the same rows with the same values, in the same order. */
export async function checkAnswers({ id, limit, product }: Case): Promise<void> {
  const [bare, ours] = [await rowsOf(limit), await rowsOf(product)];
  // The bare side asks for one row more, as everybody must who wants to know whether there is a next page.
  const expected = ours.length > 1 ? bare.slice(0, ours.length) : bare;
  if (
    ours.length === 0 ||
    (id !== 'insert' && JSON.stringify(ours.map(plain)) !== JSON.stringify(expected.map(plain)))
  ) {
    throw new Error(
      `The two sides answer "${id}" differently: ${JSON.stringify(ours[0])} and ${JSON.stringify(expected[0])}.`,
    );
  }
}

async function rowsOf({ url, method, headers, body, path }: Load): Promise<readonly Row[]> {
  const response = await fetch(path === undefined ? url : new URL(path(1), url), {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body(1)) }),
  });
  const answer = (await response.json()) as { readonly rows?: readonly Row[]; readonly row?: Row };
  return answer.rows ?? (answer.row === undefined ? [] : [answer.row]);
}

/** A related row is a value beside the others on the one side and an object on the other. */
function plain(row: Row): readonly unknown[] {
  const { category } = row;
  const name = typeof category === 'object' && category !== null ? (category as Row)['name'] : category;
  return [
    row['id'],
    row['name'],
    row['status'],
    row['amount'],
    row['category_id'],
    row['created_at'],
    row['note'],
    name,
  ];
}
