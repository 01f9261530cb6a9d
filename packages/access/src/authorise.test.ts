import { describe, expect, it } from 'vitest';
import { AppError } from '@fettle/base';
import { releaseActions, workspaceActions, type WorkspaceAction } from './actions.ts';
import { isAtLeast, visitor, workspaceRoles, type Actor, type WorkspaceRole } from './actor.ts';
import { authorise, explain, Grant } from './authorise.ts';
import type { ReleaseRights, ReleaseSubject } from './subject.ts';

const user = (role?: WorkspaceRole): Actor => ({
  kind: 'user',
  id: 'usr_1',
  email: 'a@example.test',
  name: 'A',
  isOperator: false,
  workspaces: role === undefined ? {} : { wsp_1: role },
});
const workspace = { kind: 'workspace', workspaceId: 'wsp_1' } as const;
const kindOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return error instanceof AppError ? error.kind : 'other';
  }
};

describe('in a workspace', () => {
  it('a role may what it or a weaker one may, and nothing else', () => {
    for (const [action, least] of Object.entries(workspaceActions)) {
      for (const role of workspaceRoles) {
        const expected = isAtLeast(role, least) ? 'allowed' : 'not-allowed';
        expect(
          kindOf(() => authorise(user(role), action as WorkspaceAction, workspace)),
          `${role} ${action}`,
        ).toBe(expected);
      }
    }
  });

  it('others do not learn that it exists', () => {
    expect(kindOf(() => authorise(user(), 'app.read', workspace))).toBe('not-found');
    expect(kindOf(() => authorise(visitor, 'app.read', workspace))).toBe('not-authenticated');
  });

  it('an API key reaches its own workspace only', () => {
    const key: Actor = { kind: 'api-key', id: 'key_1', name: 'k', workspaceId: 'wsp_2', role: 'owner' };
    expect(kindOf(() => authorise(key, 'app.read', workspace))).toBe('not-found');
    expect(kindOf(() => authorise(key, 'app.read', { kind: 'workspace', workspaceId: 'wsp_2' }))).toBe('allowed');
  });

  it('names of the prototype chain are no workspaces and no actions', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(kindOf(() => authorise(user('owner'), 'app.read', { kind: 'workspace', workspaceId: id }))).toBe(
        'not-found',
      );
      expect(kindOf(() => authorise(user('owner'), id as WorkspaceAction, workspace))).toBe('not-allowed');
    }
  });
});

describe('in a running app', () => {
  const rights: ReleaseRights = {
    screens: ['scr_1'],
    flows: [],
    queries: ['qry_1'],
    tables: { 'ds_1/track': { view: true, create: false, update: true, delete: false, columns: ['id', 'name'] } },
  };
  const subject = (target?: string, roles = ['basic']): ReleaseSubject => ({
    kind: 'release',
    workspaceId: 'wsp_1',
    appId: 'app_1',
    roles: new Set(roles),
    rights,
    ...(target === undefined ? {} : { target }),
  });

  it('files are taken from those who can write a row, run a query or start a flow', () => {
    const only = (given: Partial<ReleaseRights>): ReleaseSubject => ({
      ...subject(),
      rights: { screens: ['scr_1'], flows: [], queries: [], tables: {}, ...given },
    });
    const table = { view: true, create: false, update: false, delete: true, columns: 'all' } as const;
    const upload = (given: Partial<ReleaseRights>): string =>
      kindOf(() => authorise(user(), 'file.upload', only(given)));
    expect(upload({})).toBe('not-allowed');
    expect(upload({ tables: { 'ds_1/track': table } })).toBe('not-allowed');
    expect(upload({ tables: { 'ds_1/track': { ...table, create: true } } })).toBe('allowed');
    expect(upload({ tables: { 'ds_1/track': { ...table, update: true } } })).toBe('allowed');
    expect(upload({ queries: ['qry_1'] })).toBe('allowed');
    expect(upload({ flows: ['flw_1'] })).toBe('allowed');
  });

  it('only what the plan lists is allowed', () => {
    expect(kindOf(() => authorise(visitor, 'query.run', subject('qry_1')))).toBe('allowed');
    expect(kindOf(() => authorise(user(), 'query.run', subject('qry_2')))).toBe('not-allowed');
    expect(kindOf(() => authorise(user(), 'screen.view', subject('scr_1')))).toBe('allowed');
    expect(kindOf(() => authorise(user(), 'table.view', subject('ds_1/track')))).toBe('allowed');
    expect(kindOf(() => authorise(user(), 'table.create', subject('ds_1/track')))).toBe('not-allowed');
    expect(kindOf(() => authorise(user(), 'table.view', subject('__proto__')))).toBe('not-allowed');
  });

  it('nobody without a role gets in, whatever the plan says', () => {
    for (const action of releaseActions) {
      expect(explain(user('owner'), action, subject('ds_1/track', [])).isAllowed, action).toBe(false);
    }
  });

  it('a grant for a table carries its columns', () => {
    const grant = authorise(user(), 'table.view', subject('ds_1/track'));
    expect(grant.columns).toEqual(new Set(['id', 'name']));
  });
});

it('nothing else can make a grant', () => {
  const facts = authorise(user('owner'), 'app.read', workspace);
  expect(() => new Grant(Symbol('authorise'), facts)).toThrow();
  expect(Object.isFrozen(facts)).toBe(true);
});
