import { describe, expect, it } from 'vitest';
import { createAppClient } from './app-client.ts';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** The outside network: answers by method and path, and remembers what was sent. */
function network(answer: (sent: Sent, count: number) => readonly [status: number, body: unknown]) {
  const sent: Sent[] = [];
  const fake = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const call = {
      method: init.method ?? 'GET',
      url: url instanceof Request ? url.url : url.toString(),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    sent.push(call);
    const [status, body] = answer(call, sent.filter(({ url: other }) => other === call.url).length);
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  };
  return { sent, fetch: fake as typeof fetch };
}

const place = { dataSource: 'ds_1', table: 'sales.order lines' };

describe('the client of an app', () => {
  it('asks for rows under the app and names the table safely', async () => {
    const { sent, fetch } = network(() => [200, { rows: [{ id: 1 }] }]);
    const client = createAppClient({ app: 'desk' }, { fetch });
    expect(await client.list(place, { limit: 5 })).toEqual({ rows: [{ id: 1 }] });
    expect(sent).toEqual([
      { method: 'POST', url: '/api/run/desk/tables/ds_1/sales.order%20lines/list', body: { limit: 5 } },
    ]);
  });

  it('opens a draft as a role', async () => {
    const { sent, fetch } = network(() => [200, {}]);
    await createAppClient({ draftOf: 'app_1', asRole: 'basic' }, { fetch }).definition();
    expect(sent[0]?.url).toBe('/api/apps/app_1/draft/definition?role=basic');
  });

  it('turns problem details into errors with kind, code and hint', async () => {
    const problem = {
      status: 409,
      title: 'Conflict',
      detail: 'Changed meanwhile.',
      code: 'row.changed',
      hint: 'Look again.',
      details: { current: 1 },
    };
    const { fetch } = network(() => [409, problem]);
    await expect(createAppClient({ app: 'desk' }, { fetch }).update(place, [])).rejects.toMatchObject({
      kind: 'conflict',
      code: 'row.changed',
      message: 'Changed meanwhile.',
      hint: 'Look again.',
      details: { current: 1 },
    });
  });

  it('refreshes an expired session once for all calls and asks again', async () => {
    const { sent, fetch } = network(({ url }, count) => {
      if (url.endsWith('/refresh')) return [200, { user: null }];
      return count <= 2 ? [401, { code: 'session.expired' }] : [200, { rows: [] }];
    });
    const client = createAppClient({ app: 'desk' }, { fetch });
    await Promise.all([client.list(place, { limit: 5 }), client.list(place, { limit: 5 })]);
    expect(sent.filter(({ url }) => url.endsWith('/refresh'))).toHaveLength(1);
  });

  it('gives up when the session cannot be refreshed', async () => {
    const { sent, fetch } = network(() => [401, { code: 'session.none', detail: 'Sign in first.' }]);
    await expect(createAppClient({ app: 'desk' }, { fetch }).definition()).rejects.toMatchObject({
      kind: 'not-authenticated',
    });
    expect(sent).toHaveLength(2);
  });

  it('answers undefined for a row that is not there', async () => {
    const { fetch } = network(() => [404, { code: 'row.not-found', detail: 'No such row.' }]);
    expect(await createAppClient({ app: 'desk' }, { fetch }).read(place, { key: { id: 1 } })).toBeUndefined();
  });
});
