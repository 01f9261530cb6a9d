import { authorise, type Actor, type Grant } from '@fettle/access';
import { assertNever, bug, notAuthenticated, notFound } from '@fettle/base';
import type { Route } from '@fettle/contract';
import { eventActionTarget, tableReference } from '@fettle/definition';
import type { RunningApp } from '../features/apps/running-app.ts';

/** How access finds what a path speaks of. */
export interface AccessLookups {
  /** Where an app is; undefined when there is none. */
  findApp(appId: string): { readonly workspaceId: string } | Promise<{ readonly workspaceId: string } | undefined>;
  /** The live release for the actor, by slug or id. Throws when the actor may not know of it. */
  openRelease(app: string, actor: Actor): RunningApp | Promise<RunningApp>;
  /** The draft as its builders run it, or as `role` would. */
  openDraft(appId: string, actor: Actor, role: string | undefined): RunningApp | Promise<RunningApp>;
}

/** What access gave: the proof, and the running app where there is one. */
export interface Access {
  readonly grant: Grant | undefined;
  readonly running: RunningApp | undefined;
}

type Texts = Readonly<Record<string, string | undefined>>;

/** Proves access to a route for an actor, or throws. The only place where routes turn into subjects. */
export async function checkAccess(
  lookups: AccessLookups,
  route: Route,
  asked: { readonly actor: Actor; readonly params: Texts; readonly query: Texts },
): Promise<Access> {
  const { access } = route;
  const { actor, params } = asked;
  switch (access.kind) {
    case 'public':
      return { grant: undefined, running: undefined };
    case 'account':
      return proven(authorise(actor, 'account.self', { kind: 'account' }));
    case 'installation':
      return proven(authorise(actor, 'installation.manage', { kind: 'installation' }));
    case 'workspace':
      return proven(authorise(actor, access.action, { kind: 'workspace', workspaceId: need(params, 'workspaceId') }));
    case 'app':
      return proven(await authoriseApp(lookups, actor, access.action, need(params, 'appId')));
    case 'release': {
      const running = await lookups.openRelease(need(params, 'app'), actor);
      return { grant: authoriseRunning(actor, route, running, params), running };
    }
    case 'draft': {
      const appId = need(params, 'appId');
      await authoriseApp(lookups, actor, 'app.edit', appId);
      const running = await lookups.openDraft(appId, actor, asked.query['role']);
      return { grant: authoriseRunning(actor, route, running, params), running };
    }
    default:
      return assertNever(access);
  }
}

function proven(grant: Grant): Access {
  return { grant, running: undefined };
}

async function authoriseApp(
  lookups: AccessLookups,
  actor: Actor,
  action: Parameters<typeof authorise>[1],
  appId: string,
): Promise<Grant> {
  const place = await lookups.findApp(appId);
  if (place === undefined) throw absent(actor);
  return authorise(actor, action, { kind: 'app', workspaceId: place.workspaceId, appId });
}

/** To somebody who is not signed in, what is missing looks like what is closed. */
export function absent(actor: Actor): Error {
  if (actor.kind !== 'visitor')
    return notFound({ code: 'not-found', message: 'There is nothing here that you can see.' });
  return signInFirst();
}

/** The answer to whoever must be signed in and is not. */
export function signInFirst(): Error {
  return notAuthenticated({
    code: 'session.required',
    message: 'Sign in to continue.',
    hint: 'Your session may have ended. Sign in and try again.',
  });
}

function authoriseRunning(actor: Actor, route: Route, running: RunningApp, params: Texts): Grant {
  const { access } = route;
  if (access.kind !== 'release' && access.kind !== 'draft') throw bug(`${route.id} does not run an app.`);
  const { workspaceId, appId, roles, rights } = running;
  const target = targetOf(access.target, params);
  return authorise(actor, access.action, {
    kind: 'release',
    workspaceId,
    appId,
    roles,
    rights,
    ...(target === undefined ? {} : { target }),
  });
}

function targetOf(
  target: Extract<Route['access'], { kind: 'release' | 'draft' }>['target'],
  params: Texts,
): string | undefined {
  switch (target) {
    case undefined:
      return undefined;
    case 'table':
      return tableReference(need(params, 'dataSource'), need(params, 'table'));
    case 'event-action':
      return eventActionTarget({
        screen: need(params, 'screen'),
        owner: need(params, 'owner'),
        event: need(params, 'event'),
        action: need(params, 'action'),
      });
    default:
      return need(params, target);
  }
}

function need(params: Texts, name: string): string {
  const value = params[name];
  if (value === undefined) throw bug(`The route has no parameter ${name}.`);
  return value;
}
