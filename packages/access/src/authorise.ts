import { AppError, assertNever, notAllowed, notAuthenticated, notFound } from '@fettle/base';
import {
  personalActions,
  releaseActions,
  workspaceActions,
  type Action,
  type ReleaseAction,
  type WorkspaceAction,
} from './actions.ts';
import { isAtLeast, workspaceRoleOf, type Actor } from './actor.ts';
import type { Filter } from './filter.ts';
import type { ReleaseSubject, Subject } from './subject.ts';

const maker = Symbol('authorise');

/**
 * Proof that `actor` was allowed `action` on `subject`. Stores and services ask for one; only {@link authorise}
 * can make it. For tables it carries which columns may be touched and which rows may be seen.
 */
export class Grant<S extends Subject = Subject> {
  readonly actor: Actor;
  readonly action: Action;
  readonly subject: S;
  readonly columns: 'all' | ReadonlySet<string>;
  /** Rows outside it do not exist for the holder. */
  readonly rowFilter: Filter | undefined;

  constructor(key: symbol, facts: Pick<Grant<S>, 'actor' | 'action' | 'subject' | 'columns' | 'rowFilter'>) {
    if (key !== maker) throw new AppError('bug', { code: 'bug', message: 'Only authorise() makes grants.' });
    this.actor = facts.actor;
    this.action = facts.action;
    this.subject = facts.subject;
    this.columns = facts.columns;
    this.rowFilter = facts.rowFilter;
    Object.freeze(this);
  }
}

/** Why an action is allowed or not, in words that can be shown to a builder. */
export interface Explanation {
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** Allows the action and answers the proof, or throws: not signed in (401), hidden (404) or not allowed (403). */
export function authorise<S extends Subject>(actor: Actor, action: Action, subject: S): Grant<S> {
  const verdict = explain(actor, action, subject);
  if (!verdict.isAllowed) throw denial(actor, subject, verdict);
  return new Grant<S>(maker, { actor, action, subject, columns: columnsOf(action, subject), rowFilter: undefined });
}

/** The decision without its consequence. */
export function explain(actor: Actor, action: Action, subject: Subject): Explanation {
  if (actor.kind === 'system') return { isAllowed: true, reason: `The server itself: ${actor.reason}.` };
  if (personalActions.has(action) && actor.kind !== 'user')
    return { isAllowed: false, reason: 'Only a signed-in person has an inbox.' };
  switch (subject.kind) {
    case 'workspace':
    case 'app':
      return explainWorkspace(actor, action, subject.workspaceId);
    case 'release':
      return explainRelease(action, subject);
    case 'account':
      return actor.kind === 'user' && action === 'account.self'
        ? { isAllowed: true, reason: 'It is their own account.' }
        : { isAllowed: false, reason: 'Only a signed-in person has an account.' };
    case 'installation':
      return actor.kind === 'user' && actor.isOperator && action === 'installation.manage'
        ? { isAllowed: true, reason: 'They run this installation.' }
        : { isAllowed: false, reason: 'Only those who run the installation may do this.' };
    default:
      return assertNever(subject);
  }
}

function explainWorkspace(actor: Actor, action: Action, workspaceId: string): Explanation {
  if (!Object.hasOwn(workspaceActions, action)) {
    return { isAllowed: false, reason: `"${action}" is not an action on a workspace.` };
  }
  const least = workspaceActions[action as WorkspaceAction];
  const role = workspaceRoleOf(actor, workspaceId);
  if (role === undefined) return { isAllowed: false, reason: 'They are not a member of this workspace.' };
  return isAtLeast(role, least)
    ? { isAllowed: true, reason: `Their workspace role is ${role}; this needs ${least}.` }
    : { isAllowed: false, reason: `This needs the workspace role ${least}; theirs is ${role}.` };
}

const tableVerbs: Readonly<Partial<Record<Action, 'view' | 'create' | 'update' | 'delete'>>> = {
  'table.view': 'view',
  'table.create': 'create',
  'table.update': 'update',
  'table.delete': 'delete',
};

function explainRelease(action: Action, subject: ReleaseSubject): Explanation {
  if (!(releaseActions as readonly string[]).includes(action)) {
    return { isAllowed: false, reason: `"${action}" is not an action on a running app.` };
  }
  if (subject.roles.size === 0) return { isAllowed: false, reason: 'They have no role in this app.' };
  const { rights, target = '' } = subject;
  const verb = tableVerbs[action];
  if (verb !== undefined) {
    const table = Object.hasOwn(rights.tables, target) ? rights.tables[target] : undefined;
    return table?.[verb] === true
      ? { isAllowed: true, reason: `A component or rule lets their roles ${verb} rows of this table.` }
      : { isAllowed: false, reason: `No component or rule lets their roles ${verb} rows of this table.` };
  }
  switch (action as Exclude<ReleaseAction, keyof typeof tableVerbs>) {
    case 'screen.view':
      return rights.screens.includes(target)
        ? { isAllowed: true, reason: 'The screen is open to one of their roles.' }
        : { isAllowed: false, reason: 'The screen is not open to any of their roles.' };
    case 'query.run':
      return rights.queries.includes(target)
        ? { isAllowed: true, reason: 'The query is open to one of their roles.' }
        : { isAllowed: false, reason: 'The query is not open to any of their roles.' };
    case 'flow.start':
      return rights.flows.includes(target)
        ? { isAllowed: true, reason: 'The flow may be started by one of their roles.' }
        : { isAllowed: false, reason: 'The flow may not be started by any of their roles.' };
    case 'event-action.run':
      return rights.eventActions?.includes(target) === true
        ? { isAllowed: true, reason: 'A component or screen that one of their roles may see does this.' }
        : { isAllowed: false, reason: 'No component or screen that their roles may see does this.' };
    case 'source.back-up':
      return rights.backups?.includes(target) === true
        ? { isAllowed: true, reason: 'A step of the flow makes copies of this data source.' }
        : { isAllowed: false, reason: 'No step of the flow makes copies of this data source.' };
    case 'file.upload':
      return takesFiles(rights)
        ? { isAllowed: true, reason: 'A component or rule lets their roles write rows, run a query or start a flow.' }
        : {
            isAllowed: false,
            reason: 'Their roles can neither write rows nor run a query or start a flow that could keep a file.',
          };
    default:
      return { isAllowed: true, reason: 'They have a role in this app.' };
  }
}

/** A file ends in a row or goes to a query or flow: whoever can do none of it has no use for one, and would only fill the disk. */
function takesFiles({ queries, flows, tables }: ReleaseSubject['rights']): boolean {
  return (
    queries.length > 0 ||
    flows.length > 0 ||
    Object.values(tables).some(({ create, update }) => create === true || update === true)
  );
}

function columnsOf(action: Action, subject: Subject): 'all' | ReadonlySet<string> {
  if (subject.kind !== 'release' || tableVerbs[action] === undefined) return 'all';
  const columns = subject.rights.tables[subject.target ?? '']?.columns ?? [];
  return columns === 'all' ? 'all' : columnSet(columns);
}

// Rights live as long as a release is cached; their column lists are turned into sets once, not per request.
const columnSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function columnSet(columns: readonly string[]): ReadonlySet<string> {
  const known = columnSets.get(columns);
  if (known !== undefined) return known;
  const set = new Set(columns);
  columnSets.set(columns, set);
  return set;
}

function denial(actor: Actor, subject: Subject, verdict: Explanation): AppError {
  if (actor.kind === 'visitor') {
    return notAuthenticated({
      code: 'session.required',
      message: 'Sign in to continue.',
      hint: 'Your session may have ended. Sign in and try again.',
    });
  }
  const isHidden =
    (subject.kind === 'workspace' || subject.kind === 'app') &&
    workspaceRoleOf(actor, subject.workspaceId) === undefined;
  if (isHidden) return notFound({ code: 'not-found', message: 'There is nothing here that you can see.' });
  return notAllowed({
    code: 'access.denied',
    message: 'You may not do this.',
    hint: subject.kind === 'release' ? 'Ask an admin of the app for a role that may.' : verdict.reason,
  });
}
