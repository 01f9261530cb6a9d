import { describe, expect, it } from 'vitest';
import { RouteTree } from './route-tree.ts';

function makeTree(): RouteTree<string> {
  const tree = new RouteTree<string>();
  tree.add('GET', '/api/apps/:appId', 'read');
  tree.add('DELETE', '/api/apps/:appId', 'delete');
  tree.add('GET', '/api/apps/:appId/releases/compare', 'compare');
  tree.add('POST', '/api/apps/:appId/releases/:releaseId/deploy', 'deploy');
  return tree;
}

describe('a route tree', () => {
  it('finds what a path leads to, by method, with its parameters in order', () => {
    const found = makeTree().find('/api/apps/app_1/releases/rel_2/deploy');
    expect([found?.methods.get('POST')?.value, found?.methods.get('POST')?.names, found?.values]).toEqual([
      'deploy',
      ['appId', 'releaseId'],
      ['app_1', 'rel_2'],
    ]);
    expect([...(makeTree().find('/api/apps/app_1')?.methods.keys() ?? [])]).toEqual(['GET', 'DELETE']);
  });

  it('prefers a word to a parameter, and goes back where the word leads nowhere', () => {
    expect(makeTree().find('/api/apps/app_1/releases/compare')?.methods.get('GET')?.value).toBe('compare');
    expect(makeTree().find('/api/apps/app_1/releases/compare/deploy')?.values).toEqual(['app_1', 'compare']);
  });

  it('finds nothing for empty segments, longer and shorter paths', () => {
    for (const path of ['/api/apps/', '/api/apps', '/api/apps//releases/compare', '/api/apps/a/b', '/', ''])
      expect(makeTree().find(path)).toBeUndefined();
  });

  it('refuses two routes for one address', () => {
    expect(() => makeTree().add('GET', '/api/apps/:other', 'again')).toThrow();
  });
});
