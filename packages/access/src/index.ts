export { filterColumns, filterOperators, filterSchema, isFilterGroup, sortSchema } from './filter.ts';
export type { Filter, FilterCondition, FilterOperator, RelationFilter, Sort } from './filter.ts';
export { compareValues, matchesFilter, valueAt } from './match-filter.ts';
export { filterLimits, parseFilter } from './parse-filter.ts';
export { releaseActions, workspaceActions } from './actions.ts';
export type { AccountAction, Action, InstallationAction, ReleaseAction, WorkspaceAction } from './actions.ts';
export { isAtLeast, visitor, workspaceRoleOf, workspaceRoles } from './actor.ts';
export type { Actor, ApiKeyActor, FlowActor, SystemActor, UserActor, VisitorActor, WorkspaceRole } from './actor.ts';
export { authorise, explain, Grant } from './authorise.ts';
export type { Explanation } from './authorise.ts';
export { builtInRoles, expandRoles } from './roles/built-in-roles.ts';
export type { RoleDefinition } from './roles/built-in-roles.ts';
export type {
  AccountSubject,
  AppSubject,
  InstallationSubject,
  ReleaseRights,
  ReleaseSubject,
  Subject,
  WorkspaceSubject,
} from './subject.ts';
