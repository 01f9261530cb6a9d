import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expandRoles } from './built-in-roles.ts';

it('gives a role everything it inherits', () => {
  expect([...expandRoles(['power'], [])].sort()).toEqual(['basic', 'power', 'public']);
  const editor = { id: 'role_e', name: 'Editor', inherits: ['basic'] };
  expect(expandRoles(['role_e'], [editor]).has('public')).toBe(true);
});

it('gives admins every custom role', () => {
  expect(expandRoles(['admin'], [{ id: 'role_e', name: 'Editor', inherits: [] }]).has('role_e')).toBe(true);
});

it('gives nothing for a role that does not exist, so that deleting one never widens access', () => {
  expect(expandRoles(['role_gone'], []).size).toBe(0);
});

it('ends even when roles inherit each other', () => {
  const ids = ['role_a', 'role_b', 'role_c'];
  const roles = fc.array(
    fc.record({
      id: fc.constantFrom(...ids),
      name: fc.constant('x'),
      inherits: fc.array(fc.constantFrom(...ids, 'admin')),
    }),
  );
  fc.assert(
    fc.property(roles, fc.array(fc.constantFrom(...ids)), (custom, assigned) => {
      const expanded = expandRoles(assigned, custom);
      for (const role of custom) if (expanded.has(role.id)) expect(assigned.length).toBeGreaterThan(0);
    }),
  );
});
