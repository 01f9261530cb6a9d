import { expect, it } from 'vitest';
import { lockedReason, rolesToGive } from './roles.ts';

const owner = { userId: 'a', role: 'owner' } as const;
const admin = { userId: 'b', role: 'admin' } as const;

it('offers no role above one’s own', () => {
  expect(rolesToGive('admin').map(({ value }) => value)).toEqual(['admin', 'builder', 'member']);
  expect(rolesToGive('owner')).toHaveLength(4);
});

it('says why a member cannot be changed', () => {
  expect(lockedReason('owner', owner, [owner, admin])).toContain('last one');
  expect(lockedReason('owner', owner, [owner, owner])).toBeUndefined();
  expect(lockedReason('admin', owner, [owner, owner])).toContain('Owner');
  expect(lockedReason('builder', admin, [owner, admin])).toContain('Only admins');
});
