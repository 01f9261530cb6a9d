import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import type { CustomRole } from '../kinds/access.ts';

const builtIn: ReadonlySet<string> = new Set(['admin', 'power', 'basic', 'public']);
const tableReferencePattern = /^[a-z]{1,8}_[A-Za-z0-9]{1,40}\/./;

/** Roles have ids and names of their own, inherit only roles that exist, and never themselves. */
export function roles(app: App): readonly Problem[] {
  const problems: Problem[] = [];
  const { roles: custom, memberRole } = app.access;
  const byId = new Map<string, CustomRole>();
  const names = new Set<string>(['admin', 'power user', 'basic user', 'public']);
  custom.forEach((role, index) => {
    const path = `/access/roles/${index}`;
    if (byId.has(role.id))
      problems.push({ path: `${path}/id`, code: 'id.taken', message: `Two roles have the id "${role.id}".` });
    if (names.has(role.name.toLowerCase())) {
      problems.push({ path: `${path}/name`, code: 'name.taken', message: `Another role is called "${role.name}".` });
    }
    byId.set(role.id, role);
    names.add(role.name.toLowerCase());
  });
  custom.forEach((role, index) => problems.push(...checkInherits(role, `/access/roles/${index}/inherits`, byId)));
  if (memberRole !== 'none' && !builtIn.has(memberRole) && !byId.has(memberRole)) {
    problems.push({
      path: '/access/memberRole',
      code: 'role.missing',
      message: `The role "${memberRole}" does not exist.`,
    });
  }
  return [...problems, ...checkTableKeys(app)];
}

function checkInherits(role: CustomRole, path: string, byId: ReadonlyMap<string, CustomRole>): readonly Problem[] {
  const problems = role.inherits.flatMap((inherited, index) =>
    builtIn.has(inherited) || byId.has(inherited)
      ? []
      : [{ path: `${path}/${index}`, code: 'role.missing', message: `The role "${inherited}" does not exist.` }],
  );
  if (inheritsItself(role, byId)) {
    problems.push({ path, code: 'role.cycle', message: `The role "${role.name}" would inherit itself.` });
  }
  return problems;
}

function inheritsItself(role: CustomRole, byId: ReadonlyMap<string, CustomRole>): boolean {
  const seen = new Set<string>();
  const open = [...role.inherits];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === role.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(byId.get(id)?.inherits ?? []));
  }
  return false;
}

function checkTableKeys(app: App): readonly Problem[] {
  return Object.keys(app.access.tables ?? {}).flatMap((reference) =>
    tableReferencePattern.test(reference)
      ? []
      : [
          {
            path: `/access/tables/${reference.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            code: 'table.reference',
            message: `"${reference}" names no table: write the id of a data source, "/", and the table.`,
          },
        ],
  );
}
