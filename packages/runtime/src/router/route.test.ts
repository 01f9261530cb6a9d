import { describe, expect, it } from 'vitest';
import { buildPath, isSafeUrl, matchRoute, parseQuery, pathBelow } from './route.ts';

const routes = [
  { screen: 'ticket', route: '/tickets/:id' },
  { screen: 'new', route: '/tickets/new' },
  { screen: 'edit', route: '/tickets/:id/edit' },
  { screen: 'list', route: '/tickets' },
];

describe('matching', () => {
  it('prefers fixed parts to parameters, whatever the order', () => {
    expect(matchRoute(routes, '/tickets/new')).toEqual({ screen: 'new', params: {} });
    expect(matchRoute(routes, '/tickets/7')).toEqual({ screen: 'ticket', params: { id: '7' } });
    expect(matchRoute(routes, '/tickets/new/edit')).toEqual({ screen: 'edit', params: { id: 'new' } });
  });

  it('takes a final slash and decodes parameters', () => {
    expect(matchRoute(routes, '/tickets/')).toEqual({ screen: 'list', params: {} });
    expect(matchRoute(routes, '/tickets/a%2Fb%20c')?.params).toEqual({ id: 'a/b c' });
    expect(matchRoute(routes, '/tickets/%E0%A4%A')?.params).toEqual({ id: '%E0%A4%A' });
  });

  it('finds nothing where nothing is', () => {
    expect(matchRoute(routes, '/people')).toBeUndefined();
    expect(matchRoute(routes, '/tickets/1/2/3')).toBeUndefined();
  });
});

describe('building a path', () => {
  it('fills the route and puts the rest into the query', () => {
    expect(buildPath('/tickets/:id', { id: 'a/b', tab: 'notes', none: undefined })).toBe('/tickets/a%2Fb?tab=notes');
    expect(buildPath('/', {})).toBe('/');
  });

  it('is undone by matching', () => {
    const path = buildPath('/tickets/:id', { id: '["a/b",1]' });
    expect(matchRoute(routes, path)?.params['id']).toBe('["a/b",1]');
  });
});

describe('addresses', () => {
  it('are cut at the base path', () => {
    expect(pathBelow('/apps/desk', '/apps/desk')).toBe('/');
    expect(pathBelow('/apps/desk/', '/apps/desk/tickets')).toBe('/tickets');
    expect(pathBelow('/apps/desk', '/apps/desktop')).toBeUndefined();
    expect(parseQuery('?a=1&b=x%20y')).toEqual({ a: '1', b: 'x y' });
  });

  it('never run scripts', () => {
    for (const url of [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      '\u0001javascript:alert(1)',
      'java\nscript:alert(1)',
      'http://',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      expect(isSafeUrl(url), url).toBe(false);
    }
    for (const url of ['https://example.org', '/tickets', 'mailto:a@b.c', '?x=1', '#top'])
      expect(isSafeUrl(url), url).toBe(true);
  });
});
