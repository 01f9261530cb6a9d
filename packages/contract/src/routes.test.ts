import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { allRoutes, routes } from './routes.ts';

describe('the routes', () => {
  it('have ids and addresses of their own', () => {
    expect(new Set(allRoutes.map((route) => route.id)).size).toBe(allRoutes.length);
    expect(new Set(allRoutes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`)).size).toBe(
      allRoutes.length,
    );
  });

  it('describe exactly the parameters of their path', () => {
    for (const route of allRoutes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort();
      const schema = route.params as { properties?: object; additionalProperties?: boolean };
      expect(Object.keys(schema.properties ?? {}).sort(), route.id).toEqual(names);
      expect(schema.additionalProperties, route.id).toBe(false);
    }
  });

  it('name what their access needs', () => {
    for (const { id, path, access } of allRoutes) {
      if (access.kind === 'workspace') expect(path, id).toContain(':workspaceId');
      if (access.kind === 'app' || access.kind === 'draft') expect(path, id).toContain(':appId');
      if (access.kind === 'release') expect(path, id).toContain(':app');
      if (access.kind === 'release' || access.kind === 'draft') {
        if (access.target === 'query') expect(path, id).toContain(':query');
        if (access.target === 'table') expect(path, id).toMatch(/:dataSource\/:table/);
      }
    }
  });

  it('never change anything by GET, and few are public', () => {
    const open = allRoutes.filter((route) => route.access.kind === 'public').map((route) => route.id);
    expect(open.sort()).toEqual(
      [
        'flow-answers.give',
        'flow-answers.read',
        'health.live',
        'health.ready',
        'hooks.delete',
        'hooks.get',
        'hooks.options',
        'hooks.patch',
        'hooks.post',
        'hooks.put',
        'openapi',
        'schemas.list',
        'schemas.read',
        'session.create',
        'session.read',
        'session.refresh',
        'setup.run',
        'setup.state',
        'system.metrics',
      ].sort(),
    );
    for (const route of allRoutes.filter(({ method }) => method === 'GET'))
      expect(route.body, route.id).not.toHaveProperty('properties');
  });
});

describe('the client', () => {
  const calls: { url: string; init: RequestInit }[] = [];
  const answer = (status: number, body: unknown) =>
    createClient({
      baseUrl: 'http://fettle.test',
      fetch: async (url, init) => {
        calls.push({ url: String(url), init: init ?? {} });
        return new Response(body === undefined ? null : JSON.stringify(body), { status });
      },
    });

  it('fills in the path and encodes what stands in it', async () => {
    const client = answer(200, { row: {} });
    await client.call(routes.apps.rows.get, {
      params: { app: 'desk', dataSource: 'ds_1', table: 'a/b', key: '../x?y' },
    });
    expect(calls.at(-1)?.url).toBe('http://fettle.test/api/run/desk/tables/ds_1/a%2Fb/rows/..%2Fx%3Fy');
  });

  it('rejects with the error that the answer describes', async () => {
    const client = answer(409, {
      status: 409,
      code: 'row.changed',
      detail: 'Changed meanwhile.',
      hint: 'Look again.',
      details: { current: { a: 1 } },
    });
    await expect(client.call(routes.system.live, {})).rejects.toMatchObject({
      kind: 'conflict',
      code: 'row.changed',
      hint: 'Look again.',
      details: { current: { a: 1 } },
    });
  });

  it('renews the session once and tries again', async () => {
    let isRenewed = false;
    const client = createClient({
      baseUrl: '',
      fetch: async () => new Response(isRenewed ? '{"status":"alive"}' : '{}', { status: isRenewed ? 200 : 401 }),
      onSignedOut: async () => {
        isRenewed = true;
        return true;
      },
    });
    await expect(client.call(routes.system.live, {})).resolves.toEqual({ status: 'alive' });
  });
});
